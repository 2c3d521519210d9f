//! What the page weighs on the wire.
//!
//! Owns the limits and how they are measured. Promises a table anybody can check with `gzip -9`
//! and `brotli -q 11`, and a verdict against the limits. Refuses to know how to make anything
//! smaller.

use std::{
    fmt, fs,
    io::{self, Write},
    iter::Sum,
    ops::Add,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

use crate::Result;

const KIB: usize = 1024;

/// The goal for the finished product, in compressed bytes.
const GOAL: Limits = Limits { wasm: 400 * KIB, all: 500 * KIB };

/// What the page may weigh at present: a ceiling that keeps room for what is to come, and that comes down with
/// every saving.
const LIMIT: Limits = Limits { wasm: 630 * KIB, all: 660 * KIB };

/// What begins like this is not part of the first load: scenarios are fetched when somebody wants them, one at a time,
/// and the rest when the page has started.
const LATER: [&str; 3] = ["scenarios", "worker.js", "offline-"];

#[derive(Clone, Copy)]
struct Limits {
    wasm: usize,
    all: usize,
}

/// The size of some bytes, as they are and as a static host would send them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the weights of all files in a folder, and fails if they are over the limits.
pub(crate) fn check(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    files.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.raw));
    let (later, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| is_later(name));
    let all: Weight = files.iter().map(|(_, weight)| *weight).sum();
    let is_wasm = |name: &Path| name.extension().is_some_and(|extension| extension == "wasm");
    let wasm: Weight =
        files.iter().filter(|(name, _)| is_wasm(name)).map(|(_, weight)| *weight).sum();

    println!("{:>10} {:>10} {:>10}   bytes", "raw", "gzip -9", "brotli 11");
    for (name, weight) in &files {
        println!("{weight}   {}", name.display());
    }
    let kept: Weight = later.iter().map(|(_, weight)| *weight).sum();
    println!("{all}   all files of the first load");
    println!("{kept}   {} files later, or on demand", later.len());
    verdict("wasm", wasm.gzip, LIMIT.wasm, GOAL.wasm)?;
    verdict("all files", all.gzip, LIMIT.all, GOAL.all)
}

fn is_later(name: &Path) -> bool {
    let name = name.to_string_lossy();
    LATER.iter().any(|it| name.starts_with(it))
}

fn verdict(what: &str, gzip: usize, limit: usize, goal: usize) -> Result<()> {
    let sentence = format!(
        "{what}: {} KiB by gzip; the limit is {} KiB, the goal {} KiB",
        gzip.div_ceil(KIB),
        limit / KIB,
        goal / KIB
    );
    if gzip > limit {
        return Err(sentence.into());
    }
    println!("{sentence}");
    Ok(())
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, Weight)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root).unwrap_or(&path).to_owned();
            files.push((name, Weight::of(&fs::read(&path)?)?));
        }
    }
    Ok(())
}

impl Weight {
    fn of(bytes: &[u8]) -> io::Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let settings =
            brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        let mut brotli = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut brotli, &settings)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
    }
}

impl Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

impl Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        weights.fold(Self::default(), Add::add)
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>10} {:>10} {:>10}", self.raw, self.gzip, self.brotli)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_weighs_little() {
        let weight = Weight::of(&[7; 10_000]).unwrap();
        assert_eq!(weight.raw, 10_000);
        assert!(weight.gzip < 100 && weight.brotli < 100, "{weight}");
    }

    #[test]
    fn over_the_limit_is_an_error_that_names_the_numbers() {
        assert!(verdict("wasm", 10 * KIB, 10 * KIB, 20 * KIB).is_ok());
        let error = verdict("wasm", 10 * KIB + 1, 10 * KIB, 20 * KIB).unwrap_err().to_string();
        assert!(error.contains("11 KiB") && error.contains("10 KiB"), "{error}");
    }
}
