//! The page: mounts the interface.

fn main() {
    inflight::ui::mount();
}
