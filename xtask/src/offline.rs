//! The page as one file that opens from a disk.
//!
//! Owns how the sealed page in `dist/` becomes a single HTML file: styles and scripts stand in it, the wasm and the
//! scenarios as compressed letters. Promises that the file asks for nothing, not even its own folder, and that its
//! policy holds it to that. Refuses to change what the page does.

use std::{fs, io::Write, path::Path};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Map, Value};

use crate::{Result, html, seal, workspace};

/// What the file may do: run what stands in it.
const POLICY: &str = "default-src 'none'; script-src 'wasm-unsafe-eval' SCRIPTS; style-src STYLES; \
     img-src data: blob:; base-uri 'none'; form-action 'none'";

/// Where the file is written.
const FILE: &str = "inflight.html";

/// Writes the file from the page in `dist/`.
pub(crate) fn write() -> Result<()> {
    let text = one_file(&workspace::dist())?;
    let path = workspace::root().join(FILE);
    fs::write(&path, &text)?;
    println!(
        "{} holds the whole lab: {} KiB. It opens from a disk.",
        path.display(),
        text.len().div_ceil(1024)
    );
    Ok(())
}

fn one_file(page: &Path) -> Result<String> {
    let index = fs::read_to_string(page.join("index.html"))?;
    let attribute = |name: &str| html::between(&index, &format!(" data-{name}=\""), "\"");
    let file = |name: &str| page.join(name.rsplit('/').next().unwrap_or(name));
    let glue = fs::read_to_string(file(attribute("glue")?))?;
    let wasm = fs::read(file(attribute("wasm")?))?;
    let mut text = with_styles(&index, page)?;
    for name in ["glue", "wasm", "size", "integrity", "offline"] {
        text = html::replace(&text, &format!(" data-{name}=\"{}\"", attribute(name)?), "")?;
    }
    // The file has a policy of its own.
    let policy =
        html::between(&text, "<meta http-equiv=\"Content-Security-Policy\"", ">")?.to_owned();
    text = html::replace(
        &text,
        &format!("<meta http-equiv=\"Content-Security-Policy\"{policy}>\n"),
        "",
    )?;
    let script =
        |name: &str| Ok(html::bare(&fs::read_to_string(seal::shell(name))?)) as Result<String>;
    let inside = format!(
        "<script id=\"wasm\" type=\"text/plain\">{}</script>\n\
         <script id=\"scenarios\" type=\"text/plain\">{}</script>\n\
         <script type=\"module\">\n{}\n{{\n{}}}\n{{\n{}}}\n</script>\n</body>",
        packed(&wasm)?,
        packed(scenarios(page)?.as_bytes())?,
        glue_inside(&glue)?,
        script("enclosed.js")?,
        script("offline.js")?,
    );
    seal::with_policy(&html::replace(&text, "</body>", &inside)?, POLICY)
}

/// The glue as a part of a script. It must have no end of a script in it, and the name by which it is started.
fn glue_inside(glue: &str) -> Result<&str> {
    if glue.contains("</script") {
        return Err("the glue would end the script that it stands in".into());
    }
    html::between(glue, "async function __wbg_init(", "}")?;
    Ok(glue.trim_end())
}

/// The page with its style sheets in it, in their order.
fn with_styles(index: &str, page: &Path) -> Result<String> {
    let mut text = index.to_owned();
    for link in html::all_between(index, "<link rel=\"stylesheet\"", ">") {
        let name = html::between(link, "href=\"", "\"")?;
        let style = fs::read_to_string(page.join(name.rsplit('/').next().unwrap_or(name)))?;
        if style.contains("</style") {
            return Err(format!("{name} would end the element that it stands in").into());
        }
        text = html::replace(
            &text,
            &format!("<link rel=\"stylesheet\"{link}>"),
            &format!("<style>{style}</style>"),
        )?;
    }
    Ok(text)
}

/// The scenarios by their addresses, as JSON.
fn scenarios(page: &Path) -> Result<String> {
    let mut texts = Map::new();
    for shelf in fs::read_dir(page.join("scenarios"))? {
        for file in fs::read_dir(shelf?.path())? {
            let path = file?.path();
            let address = path.strip_prefix(page)?.to_string_lossy().replace('\\', "/");
            texts.insert(address, Value::String(fs::read_to_string(&path)?));
        }
    }
    Ok(Value::Object(texts).to_string())
}

/// Compressed, as letters. Browsers unpack it by themselves.
fn packed(bytes: &[u8]) -> Result<String> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    Ok(html::letters(&gzip.finish()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_may_ask_for_nothing() {
        assert!(POLICY.starts_with("default-src 'none'"));
        for word in ["connect-src", "'self'", "unsafe-inline", "'unsafe-eval'", "http", "*"] {
            assert!(!POLICY.contains(word), "{word}");
        }
    }

    #[test]
    fn glue_that_would_end_its_script_is_refused() {
        assert!(glue_inside("async function __wbg_init(a) { '</script>' }").is_err());
        assert!(glue_inside("export default function init() {}").is_err());
        assert!(glue_inside("async function __wbg_init(a) {}").is_ok());
    }
}
