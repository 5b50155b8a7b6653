//! stub
fn main() { leptos::mount::mount_to_body(|| "hi") }
