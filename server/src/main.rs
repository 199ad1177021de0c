//! The binary `guildhall`.

fn main() -> std::process::ExitCode {
    server::cli::run()
}
