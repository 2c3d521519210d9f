//! What all commands that run a scenario are told: the file, the variant, the knobs, and for how long.

use inflight::base::Span;
use inflight::base::limits::RUN_SPAN_MAX;
use inflight::language::scenario::{Knob, KnobKind};
use inflight::language::{Scenario, Value, parse_duration};
use inflight::world::Settings;
use lexopt::ValueExt as _;

use crate::Stop;
use crate::files::open;

/// An argument.
pub(crate) enum Word {
    /// The name of an option, without its dashes.
    Option(String),
    Value(String),
}

/// The next argument.
pub(crate) fn next(arguments: &mut lexopt::Parser) -> Result<Option<Word>, Stop> {
    Ok(match arguments.next()? {
        None => None,
        Some(lexopt::Arg::Long(name)) => Some(Word::Option(name.to_owned())),
        Some(lexopt::Arg::Value(value)) => Some(Word::Value(value.string()?)),
        Some(other) => return Err(other.unexpected().into()),
    })
}

/// What has been asked for, as it was written.
pub(crate) struct Setup {
    file: Option<String>,
    span: Span,
    variant: Option<String>,
    settings: Vec<(String, String)>,
}

/// What that means.
pub(crate) struct Opened {
    pub(crate) file: String,
    pub(crate) scenario: Scenario,
    pub(crate) settings: Settings,
    pub(crate) span: Span,
}

impl Default for Setup {
    fn default() -> Self {
        Self { file: None, span: Span::from_secs(60), variant: None, settings: Vec::new() }
    }
}

impl Setup {
    /// Takes an argument that is not the command's own.
    pub(crate) fn take(&mut self, word: Word, arguments: &mut lexopt::Parser) -> Result<(), Stop> {
        match word {
            Word::Value(name) if self.file.is_none() => self.file = Some(name),
            Word::Value(name) => {
                return Err(lexopt::Error::UnexpectedArgument(name.into()).into());
            }
            Word::Option(name) => match name.as_str() {
                "for" => self.span = read_span(&arguments.value()?.string()?)?,
                "variant" => self.variant = Some(arguments.value()?.string()?),
                "set" => {
                    let setting = arguments.value()?.string()?;
                    let (knob, value) = setting.split_once('=').ok_or_else(|| {
                        Stop::Usage(format!(
                            "`--set {setting}`: expected KNOB=VALUE, as in `--set mugs=5`"
                        ))
                    })?;
                    self.settings.push((knob.to_owned(), value.to_owned()));
                }
                _ => return Err(lexopt::Error::UnexpectedOption(["--", &name].concat()).into()),
            },
        }
        Ok(())
    }

    /// Reads the file, and finds in it what is meant.
    pub(crate) fn open(self) -> Result<Opened, Stop> {
        let file = self.file.ok_or_else(|| Stop::Usage("A file is missing".to_owned()))?;
        let scenario = open(&file).map_err(|it| Stop::Broken(it.trim_end().to_owned()))?;
        let mut settings = match &self.variant {
            Some(name) => read_variant(&scenario, name)?,
            None => Settings::new(),
        };
        settings.extend(read_settings(&scenario, &self.settings)?);
        Ok(Opened { file, scenario, settings, span: self.span })
    }
}

/// Which of the known words this is.
pub(crate) fn choice(option: &str, word: &str, known: &[&str]) -> Result<usize, Stop> {
    known.iter().position(|it| *it == word).ok_or_else(|| {
        let (last, others) = known.split_last().expect("law: an option has choices");
        let known = [&others.join(", "), " or ", last].concat();
        Stop::Usage(format!("`--{option} {word}`: expected {known}"))
    })
}

/// A report as JSON.
pub(crate) fn as_json(report: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(report).expect("law: a report can be written as JSON") + "\n"
}

fn read_span(text: &str) -> Result<Span, Stop> {
    let span = parse_duration(text).ok().and_then(|micros| Value::Duration(micros).as_span());
    match span {
        Some(span) if span <= RUN_SPAN_MAX => Ok(span),
        Some(_) => Err(Stop::Usage(format!(
            "`--for {text}`: expected {RUN_SPAN_MAX} at most (RUN_SPAN_MAX)"
        ))),
        None => {
            Err(Stop::Usage(format!("`--for {text}`: expected a duration such as 90s or 5min")))
        }
    }
}

fn read_variant(scenario: &Scenario, name: &str) -> Result<Settings, Stop> {
    let found = scenario.variants.iter().find(|it| it.name == name);
    found.map(|it| it.settings.clone()).ok_or_else(|| {
        let known: Vec<&str> = scenario.variants.iter().map(|it| it.name.as_str()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Stop::Usage(format!("There is no variant `{name}`; the scenario has {known}"))
    })
}

fn read_settings(scenario: &Scenario, wishes: &[(String, String)]) -> Result<Settings, Stop> {
    let setting = |(name, text): &(String, String)| {
        let found = scenario.knobs.iter().position(|it| it.name == *name);
        let knob = found.ok_or_else(|| {
            let known: Vec<&str> = scenario.knobs.iter().map(|it| it.name.as_str()).collect();
            Stop::Usage(format!("There is no knob `{name}`; the scenario has {}", known.join(", ")))
        })?;
        Ok((knob, read_value(&scenario.knobs[knob], text)?))
    };
    wishes.iter().map(setting).collect()
}

fn read_value(knob: &Knob, text: &str) -> Result<Value, Stop> {
    let value = match knob.kind {
        KnobKind::Bool => text.parse().ok().map(Value::Bool),
        KnobKind::Int { .. } => text.parse().ok().map(Value::Int),
        KnobKind::Float { .. } => text.parse().ok().map(Value::Float),
        KnobKind::Duration { .. } => parse_duration(text).ok().map(Value::Duration),
        KnobKind::Choice { .. } | KnobKind::Interaction => Some(Value::text(text)),
    };
    value.filter(|it| knob.kind.admits(it)).ok_or_else(|| {
        Stop::Usage(format!("`--set {}={text}`: expected {}", knob.name, knob.kind.expectation()))
    })
}
