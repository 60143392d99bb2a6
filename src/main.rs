//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    feedwright::cli::run()
}
