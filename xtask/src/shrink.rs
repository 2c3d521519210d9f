//! Making the wasm small.
//!
//! Owns the call of wasm-opt. Promises the same program in fewer bytes, or the unchanged file and
//! a line that says why. Refuses to know where the file came from.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, child, node};

/// What rustc's output needs, by name: with `--all-features`, wasm-opt writes proposals into the
/// file that no browser reads yet.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What wasm-opt does. Once the code is flat and its branches are made anew, the usual passes find more to share, and
/// more again when they have had one turn. Nothing has an address in the first KiB of memory, where the stack would
/// end: knowing that, offsets move into the instructions that use them. Functions of similar names have similar code:
/// side by side, they compress better, by 2 %.
const PASSES: [&str; 6] =
    ["--flatten", "--rereloop", "-Oz", "-Oz", "--low-memory-unused", "--reorder-functions-by-name"];

/// Shrinks every wasm file in a folder, if Node and the npm package `binaryen` can be had.
pub(crate) fn wasm_in(folder: &Path) -> Result<()> {
    let packages = match node::packages() {
        Ok(packages) => packages,
        Err(reason) => {
            println!("The wasm stays as it is, about a quarter larger than need be: {reason}");
            return Ok(());
        }
    };
    for wasm in wasm_files(folder)? {
        let small = wasm.with_extension("small");
        let mut wasm_opt = Command::new("node");
        wasm_opt.arg(packages.join("binaryen/bin/wasm-opt")).args(PASSES).args(FEATURES);
        wasm_opt.arg(&wasm).arg("-o").arg(&small);
        child::run("shrinking the wasm", &mut wasm_opt)?;
        let (before, after) = (fs::metadata(&wasm)?.len(), fs::metadata(&small)?.len());
        fs::rename(&small, &wasm)?;
        println!("wasm-opt: {before} to {after} bytes");
    }
    Ok(())
}

fn wasm_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            files.push(path);
        }
    }
    Ok(files)
}
