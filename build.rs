//! What the linker has to know of the page: how much memory it may use. More is refused at once, instead of after half
//! a minute in which the whole machine suffers.

/// 512 MiB, as the words after a crash say (`shell/shell.js`).
const MEMORY_MAX: u64 = 512 << 20;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|it| it == "wasm32") {
        println!("cargo::rustc-link-arg-bins=--max-memory={MEMORY_MAX}");
    }
}
