//! The last touch to the bundled page.
//!
//! Owns what Trunk does not do: the start with a check of the wasm, the policy, and the worker that keeps the page for
//! the time without a network. Promises that the page runs nothing but what lies in its own folder, on any host,
//! whatever headers that sends. Refuses to know what the page does.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{Result, html, workspace};

/// What a browser lets the page do, besides running the scripts that stand in it. Images: the icon, and pictures
/// that the page draws. Nothing else comes from anywhere but the page's own folder.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' SCRIPTS; style-src 'self'; \
     img-src data: blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/// The file that browsers ask for to learn whether there is something new.
pub(crate) const WORKER: &str = "worker.js";

/// Seals the page in a folder. Without `worker`, visitors lose what earlier versions have kept for them.
pub(crate) fn page(folder: &Path, worker: bool) -> Result<()> {
    let index = folder.join("index.html");
    let bundled = fs::read_to_string(&index)?;
    let late = html::bare(&fs::read_to_string(shell("offline.js"))?);
    let late_name = format!("offline-{}.js", html::short_hash(late.as_bytes()));
    fs::write(folder.join(&late_name), &late)?;
    let text = with_one_style(&bundled, folder)?;
    let text = with_start(&text, folder, &late_name)?;
    fs::write(&index, with_policy(&text, POLICY)?)?;
    fs::write(folder.join(WORKER), worker_script(folder, worker)?)?;
    Ok(())
}

/// The product's version.
fn version() -> Result<String> {
    let manifest = fs::read_to_string(workspace::root().join("Cargo.toml"))?;
    Ok(html::between(&manifest, "\nversion = \"", "\"")?.to_owned())
}

/// A file of the shell.
pub(crate) fn shell(name: &str) -> PathBuf {
    workspace::root().join("shell").join(name)
}

/// The page with one style sheet for all: one request, and less to compress.
fn with_one_style(bundled: &str, folder: &Path) -> Result<String> {
    let (mut text, mut style, mut address) = (bundled.to_owned(), String::new(), None);
    for link in html::all_between(bundled, "<link rel=\"stylesheet\"", ">") {
        let href = html::between(link, "href=\"", "\"")?;
        let file_name = href.rsplit('/').next().unwrap_or(href);
        let file = folder.join(file_name);
        fs::read_to_string(&file)?.lines().for_each(|it| style.extend([it.trim_start(), "\n"]));
        fs::remove_file(file)?;
        address = Some(href.replace(file_name, ""));
        text = html::replace(&text, &format!("<link rel=\"stylesheet\"{link}>"), "")?;
    }
    let name = format!("style-{}.css", html::short_hash(style.as_bytes()));
    fs::write(folder.join(&name), style)?;
    let place = address.ok_or("the page has no style sheet")?;
    html::replace(
        &text,
        "</head>",
        &format!("<link rel=\"stylesheet\" href=\"{place}{name}\">\n</head>"),
    )
}

/// The page with the shell's start in place of Trunk's.
fn with_start(bundled: &str, folder: &Path, late: &str) -> Result<String> {
    let trunk = html::between(bundled, "<script type=\"module\">", "</script>")?;
    let glue = html::between(trunk, "from '", "'")?;
    let wasm = html::between(trunk, "module_or_path: '", "'")?;
    let file_name = wasm.rsplit('/').next().unwrap_or(wasm);
    let bytes = fs::read(folder.join(file_name))?;
    let beside = |name: &str| wasm.replace(file_name, name);
    let text = html::replace(bundled, &format!("<script type=\"module\">{trunk}</script>"), "")?;
    // A preload knows no integrity: the wasm would come twice. The shell asks for both as the first thing.
    let text = html::without(
        html::without(text, "<link rel=\"modulepreload\"")?,
        "<link rel=\"preload\"",
    )?;
    let said = format!(
        "<html lang=\"en\" data-version=\"{} {}\" data-glue=\"{glue}\" data-wasm=\"{wasm}\" data-size=\"{}\" \
         data-integrity=\"{}\" data-offline=\"{}\">",
        version()?,
        html::short_hash(&bytes),
        bytes.len(),
        html::hash(&bytes),
        beside(late),
    );
    bare(&html::replace(&text, "<html lang=\"en\">", &said)?)
}

/// The page without what only people need: comments and indentation. Its scripts are hashed as they stand then.
fn bare(text: &str) -> Result<String> {
    let script = html::between(text, "<script>", "</script>")?;
    let text = html::replace(text, script, &html::bare(script))?;
    let mut bare = String::new();
    for line in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
        if !(line.starts_with("<!--") && line.ends_with("-->")) {
            bare.push_str(line);
            bare.push('\n');
        }
    }
    Ok(bare)
}

/// The page with a policy as its first element, which names the scripts and styles that stand in it by their hashes.
pub(crate) fn with_policy(text: &str, policy: &str) -> Result<String> {
    let hashes = |from: &str, to: &str| -> String {
        let inside = html::all_between(text, from, to);
        let quoted = inside.iter().map(|it| format!("'{}'", html::hash(it.as_bytes())));
        quoted.collect::<Vec<_>>().join(" ")
    };
    let scripts =
        [hashes("<script>", "</script>"), hashes("<script type=\"module\">", "</script>")];
    let policy = policy
        .replace("SCRIPTS", scripts.join(" ").trim())
        .replace("STYLES", &hashes("<style>", "</style>"));
    let charset = "<meta charset=\"utf-8\">";
    let meta =
        format!("{charset}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    html::replace(text, charset, &meta)
}

/// The worker, with its version and the hashes of all files in the folder; or with nothing to keep.
fn worker_script(folder: &Path, worker: bool) -> Result<String> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    files.retain(|(name, _)| name != WORKER);
    files.sort();
    let list: Vec<_> = files.iter().map(|(name, hash)| format!("\"{name}\":\"{hash}\"")).collect();
    let list = format!("{{{}}}", list.join(",\n"));
    let script = html::bare(&fs::read_to_string(shell(WORKER))?);
    let version = html::short_hash([&*list, &*script].concat().as_bytes());
    let list = if worker { &*list } else { "null" };
    Ok(format!("const VERSION = \"{version}\";\nconst FILES = {list};\n{script}"))
}

/// All files by their address below the page, with their hashes.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            let name = if name == "index.html" { "./".to_owned() } else { name };
            files.push((name, html::hash(&fs::read(&path)?)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_what_stands_in_the_page_and_nothing_else() {
        let page = "<meta charset=\"utf-8\"><script>a</script><style>b</style>";
        let sealed = with_policy(page, "script-src SCRIPTS; style-src STYLES").unwrap();
        let (a, b) = (html::hash(b"a"), html::hash(b"b"));
        assert!(
            sealed.contains(&format!("content=\"script-src '{a}'; style-src '{b}'\"")),
            "{sealed}"
        );
    }

    #[test]
    fn the_page_allows_no_script_by_its_place_in_the_page() {
        for word in ["unsafe-inline", "'unsafe-eval'", "http", "*"] {
            assert!(!POLICY.contains(word), "{word}");
        }
    }
}
