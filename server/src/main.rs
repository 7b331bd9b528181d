//! The program: reads its settings, starts logging, and runs one of its commands.

use clap::error::ErrorKind;
use pingyi::settings::{self, Command, SettingsError};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match settings::read(std::env::args_os().collect::<Vec<_>>()) {
        Ok(arguments) => arguments,
        Err(SettingsError::Arguments(error)) => {
            let _ = error.print();
            let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            return if asked { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
        Err(error) => {
            eprintln!("pingyi: {error}");
            return ExitCode::from(2);
        }
    };
    if matches!(arguments.command, Command::Serve(_) | Command::Demo(_)) {
        pingyi::commands::from_one_arena();
    }
    let done = match arguments.command {
        Command::Settings => {
            print!("{}", settings::table());
            Ok(())
        }
        Command::SetAside(order) => pingyi::commands::run(pingyi::commands::set_aside(order)),
        Command::Export(order) => pingyi::commands::run(pingyi::commands::export(order)),
        Command::Verify(order) => pingyi::commands::verify(&order),
        Command::Bench(settings) => pingyi::commands::bench(&settings),
        Command::Serve(serve) => pingyi::commands::run(pingyi::commands::serve(serve)),
        Command::Demo(demo) => pingyi::commands::run(pingyi::commands::demo(demo)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pingyi: {error}");
            ExitCode::FAILURE
        }
    }
}
