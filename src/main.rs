//! Arguments in, exit code out.

/// Runs make and drop millions of small texts on all cores at once, which the allocators of most
/// systems are slow at. Without huge pages: most of a small site would be empty ones.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    feedwright::cli::run()
}
