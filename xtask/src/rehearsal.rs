//! The page that can be made to crash.
//!
//! Owns how it comes about: the release page in `dist/`, with the wasm of another program that is the page and three
//! ways to end it. Promises that nothing of it is in the release page. Refuses to know what the tests do with it.

use std::{fs, path::Path, process::Command};

use crate::{Result, child, html, tools, workspace};

/// The name of the program, and of its files.
const NAME: &str = "rehearsal";

/// Writes it to `target/rehearsal/`. The page must lie in `dist/`.
pub(crate) fn build() -> Result<()> {
    let path = tools::ready()?;
    let wasm32 = "wasm32-unknown-unknown";
    let mut cargo =
        workspace::cargo(&["build", "--locked", "--quiet", "--profile", "page", "--bin", NAME]);
    cargo.args(["--no-default-features", "--features", "browser", "--target", wasm32]);
    child::run("building the rehearsal", &mut cargo)?;
    let target = workspace::root().join("target");
    let folder = target.join(NAME);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    copy(&workspace::dist(), &folder)?;
    let mut bindgen = Command::new("wasm-bindgen");
    bindgen.env("PATH", path).args(["--target", "web", "--no-typescript", "--out-name"]);
    // The shell knows the page's own scripts by this beginning.
    bindgen.arg(format!("page-{NAME}")).arg("--out-dir").arg(&folder);
    let program = target.join(wasm32).join("page").join(NAME).with_extension("wasm");
    child::run("making a module of it", bindgen.arg(program))?;
    put_in(&folder)
}

/// Lets the page in a folder start the other program.
fn put_in(folder: &Path) -> Result<()> {
    let index = folder.join("index.html");
    let mut text = fs::read_to_string(&index)?;
    let (glue, wasm) = (format!("page-{NAME}.js"), format!("page-{NAME}_bg.wasm"));
    let bytes = fs::read(folder.join(&wasm))?;
    let values = [
        ("glue", format!("./{glue}")),
        ("wasm", format!("./{wasm}")),
        ("size", bytes.len().to_string()),
        ("integrity", html::hash(&bytes)),
    ];
    for (name, value) in values {
        let before = format!(
            " data-{name}=\"{}\"",
            html::between(&text, &format!(" data-{name}=\""), "\"")?
        );
        text = html::replace(&text, &before, &format!(" data-{name}=\"{value}\""))?;
    }
    Ok(fs::write(index, text)?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let beside = to.join(path.file_name().ok_or("a file without a name")?);
        if path.is_dir() {
            copy(&path, &beside)?;
        } else {
            fs::copy(&path, &beside)?;
        }
    }
    Ok(())
}
