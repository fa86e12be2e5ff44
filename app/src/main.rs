//! Mounts the page.

fn main() {
    postern_app::mount();
}
