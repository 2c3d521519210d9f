//! `run`: plays a scenario and reports.

use inflight::app::view::halt_words;
use inflight::base::limits::RUN_SPAN_MAX;
use inflight::base::{Span, Time};
use inflight::language::scenario::{Knob, KnobKind};
use inflight::language::{Scenario, Value, parse_duration};
use inflight::measure::{Latencies, Report, report};
use inflight::sim::Engine;
use inflight::world::{Settings, World};
use lexopt::ValueExt as _;

use crate::Stop;
use crate::files::open;
use crate::words::words;

/// Occurrences between two looks at the records, so that a long run does not pile them up.
const BATCH: u64 = 10_000;

/// What `run` has been asked for.
struct Request {
    file: String,
    seed: u64,
    span: Span,
    variant: Option<String>,
    settings: Vec<(String, String)>,
    json: bool,
}

/// `run FILE …`
pub(crate) fn run(arguments: &mut lexopt::Parser) -> Result<String, Stop> {
    let request = read_request(arguments)?;
    let scenario = open(&request.file).map_err(|it| Stop::Broken(it.trim_end().to_owned()))?;
    let mut settings = match &request.variant {
        Some(name) => read_variant(&scenario, name)?,
        None => Settings::new(),
    };
    settings.extend(read_settings(&scenario, &request.settings)?);
    let world = World::new(scenario, request.seed, &settings);
    let world = world.map_err(|reason| Stop::Broken(format!("{}: {reason}", request.file)))?;
    let report = play(world, Time::ZERO + request.span);
    if request.json {
        let json =
            serde_json::to_string_pretty(&report).expect("law: a report can be written as JSON");
        return Ok(json + "\n");
    }
    Ok(words(&report))
}

fn read_request(arguments: &mut lexopt::Parser) -> Result<Request, Stop> {
    let (mut file, mut variant) = (None, None);
    let (mut seed, mut span, mut settings, mut json) = (1, Span::from_secs(60), Vec::new(), false);
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Value(name) if file.is_none() => file = Some(name.string()?),
            lexopt::Arg::Long("seed") => seed = arguments.value()?.parse()?,
            lexopt::Arg::Long("for") => span = read_span(&arguments.value()?.string()?)?,
            lexopt::Arg::Long("variant") => variant = Some(arguments.value()?.string()?),
            lexopt::Arg::Long("set") => {
                let setting = arguments.value()?.string()?;
                let (knob, value) = setting.split_once('=').ok_or_else(|| {
                    Stop::Usage(format!(
                        "`--set {setting}`: expected KNOB=VALUE, as in `--set mugs=5`"
                    ))
                })?;
                settings.push((knob.to_owned(), value.to_owned()));
            }
            lexopt::Arg::Long("report") => {
                let form = arguments.value()?.string()?;
                json = match form.as_str() {
                    "json" => true,
                    "text" => false,
                    _ => {
                        return Err(Stop::Usage(format!(
                            "`--report {form}`: expected text or json"
                        )));
                    }
                };
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| Stop::Usage("A file is missing".to_owned()))?;
    Ok(Request { file, seed, span, variant, settings, json })
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

/// Plays a world up to an instant, folding the records as they come.
fn play(world: World, until: Time) -> Report {
    let mut latencies = Latencies::new(world.plan.names.len());
    let mut records = Vec::new();
    let mut stopped = None;
    let mut engine = Engine::new(world, &mut records);
    while engine.now() < until && stopped.is_none() {
        engine.advance(until, BATCH, &mut records);
        let plan = &engine.system.plan;
        stopped = engine.halt().map(|it| halt_words(it, plan, &mut records.iter().rev()));
        records.drain(..).for_each(|it| latencies.add(&it));
    }
    report(&engine, &latencies, stopped)
}
