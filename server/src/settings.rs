//! Every setting, its default and where it may be given: flag, environment, file. The table in `docs/settings.md` is
//! printed from here, so none can be forgotten.

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

#[derive(Debug, Parser)]
#[command(
    name = "pingyi",
    version,
    about = "述职评议: runs a standing committee's duty-report appraisal",
    max_term_width = 110
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the halls whose data lie in a folder.
    Serve(Serve),
    /// Opens a hall with the sample case in a temporary folder.
    Demo(Demo),
    /// Lets a stopped case pass the record that breaks its rules; the program must not be running on the folder.
    SetAside(SetAside),
    /// Writes a case into one file that anyone can check; the program must not be running on the folder.
    Export(Export),
    /// Checks a case file: its chain, its records, every announced number and board.
    Verify(Verify),
    /// Measures this machine: how many phones, how fast, beside what the machine can do at most.
    Bench(Bench),
    /// Prints the table of settings.
    Settings,
}

#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Folder of the data: journal, vault, documents. Made if it is not there.
    #[arg(long, env = "PINGYI_DATA", default_value = "pingyi-data")]
    pub data: PathBuf,
    #[command(flatten)]
    pub network: Network,
    /// A TOML file with any of these settings, named as the flags without dashes in front.
    #[arg(long, env = "PINGYI_CONFIG")]
    pub config: Option<PathBuf>,
    /// Makes each commit take so much longer: `bench` measures by it what a slow disk does to a hall.
    #[arg(long, hide = true, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub commit_delay_ms: u32,
}

#[derive(Clone, Debug, Args)]
pub struct SetAside {
    /// Folder of the data.
    #[arg(long, env = "PINGYI_DATA", default_value = "pingyi-data")]
    pub data: PathBuf,
    /// The case's id, as in the log.
    #[arg(long)]
    pub case: uuid::Uuid,
    /// The record's index, as in the log.
    #[arg(long)]
    pub record: u64,
    /// Why; it goes on the record.
    #[arg(long)]
    pub reason: String,
}

#[derive(Clone, Debug, Args)]
pub struct Export {
    /// Folder of the data.
    #[arg(long, env = "PINGYI_DATA", default_value = "pingyi-data")]
    pub data: PathBuf,
    /// The case's id, as in the log.
    #[arg(long)]
    pub case: uuid::Uuid,
    /// The file to write; it must not exist.
    #[arg(long)]
    pub out: PathBuf,
    /// Puts a digest in place of each record that holds personal data or a result that was not announced.
    #[arg(long)]
    pub public: bool,
}

#[derive(Clone, Debug, Args)]
pub struct Verify {
    /// The case file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The chain's head as written in the minutes: 64 hex digits.
    #[arg(long, value_parser = sha256)]
    pub head: Option<[u8; 32]>,
}

/// A digest as people copy it from paper.
fn sha256(text: &str) -> Result<[u8; 32], String> {
    let wrong = || "not 64 hex digits".to_owned();
    let text = text.trim();
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(wrong());
    }
    let mut bytes = [0; 32];
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * n..2 * n + 2], 16).map_err(|_| wrong())?;
    }
    Ok(bytes)
}

#[derive(Clone, Debug, Args)]
pub struct Demo {
    #[command(flatten)]
    pub network: Network,
    /// Simulated members who join over real sockets, ask and vote.
    #[arg(long, env = "PINGYI_PHONES", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=5_000))]
    pub phones: u32,
    /// Members on the roster.
    #[arg(long, env = "PINGYI_MEMBERS", default_value_t = 28, value_parser = clap::value_parser!(u32).range(28..=5_000))]
    pub members: u32,
    /// All four subjects on one sheet instead of one ballot after another.
    #[arg(long, env = "PINGYI_SHEET")]
    pub sheet: bool,
    /// Only the hall: no investigation before the sitting, no case of last year beside it.
    #[arg(long, env = "PINGYI_BARE")]
    pub bare: bool,
    /// Prints one line of JSON once the hall is open, and nothing else to standard output.
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Debug, Args)]
pub struct Bench {
    /// Phones in the hall.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(10..=10_000))]
    pub phones: u32,
    /// Scenes to play, separated by commas; all if none is named.
    #[arg(long, value_delimiter = ',')]
    pub scenes: Vec<BenchScene>,
    /// How often each is played; contenders take turns and medians are shown.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=50))]
    pub runs: u32,
    /// Seconds of the soak.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(5..=86_400))]
    pub soak_s: u32,
    /// Folder of the programs to compare with.
    #[arg(long, default_value = "tests/bench")]
    pub baselines: PathBuf,
    /// Prints one JSON object instead of the table.
    #[arg(long)]
    pub json: bool,
}

/// What `bench` plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BenchScene {
    Join,
    Idle,
    Change,
    Votes,
    Secret,
    Questions,
    Mixed,
    Reconnect,
    Recovery,
    Soak,
    /// A commit that takes 50 ms longer.
    SlowDisk,
    /// A case with very many questions, subjects and members.
    HugeCase,
    /// What a phone costs in a small and in a large hall.
    Scale,
    /// The public page, alone and behind nginx.
    Public,
    /// Joining and idling through a proxy that ends TLS.
    Tls,
}

#[derive(Clone, Debug, Args)]
pub struct Network {
    /// Address and port to listen on. 0.0.0.0 means every network of this machine; port 0 takes a free one.
    #[arg(long, env = "PINGYI_LISTEN", default_value = "0.0.0.0:8080")]
    pub listen: SocketAddr,
    /// What QR codes encode: the address phones reach, for example http://192.168.1.20:8080. Guessed if not given.
    #[arg(long, env = "PINGYI_ADDRESS")]
    pub address: Option<String>,
    /// What is logged: error, warn, info, debug, or a filter such as pingyi=debug.
    #[arg(long, env = "PINGYI_LOG", default_value = "info")]
    pub log: String,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("{0}")]
    Arguments(#[from] clap::Error),
    #[error("the settings file {path} cannot be read: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("the settings file {path} is not TOML: {source}")]
    Toml {
        path: PathBuf,
        source: Box<toml::de::Error>,
    },
    #[error("the settings file {path} has a setting '{key}' that does not exist; `pingyi settings` lists them all")]
    Unknown { path: PathBuf, key: String },
    #[error("the settings file {path}: '{key}' must be a text or a number")]
    Value { path: PathBuf, key: String },
}

/// Reads arguments, environment and, for `serve`, the file: a flag wins over the environment, that over the file.
pub fn read<I: IntoIterator<Item = OsString> + Clone>(arguments: I) -> Result<Arguments, SettingsError> {
    let first = Arguments::try_parse_from(arguments.clone())?;
    let Command::Serve(Serve { config: Some(path), .. }) = &first.command else {
        return Ok(first);
    };
    let defaults = file_defaults(path)?;
    let command = Arguments::command().mut_subcommand("serve", |serve| {
        defaults.into_iter().fold(serve, |serve, (key, value)| {
            serve.mut_arg(key, |arg| arg.default_value(value))
        })
    });
    Ok(Arguments::from_arg_matches(&command.try_get_matches_from(arguments)?)?)
}

fn file_defaults(path: &Path) -> Result<Vec<(String, String)>, SettingsError> {
    let text = std::fs::read_to_string(path).map_err(|source| SettingsError::File {
        path: path.into(),
        source,
    })?;
    let table: toml::Table = text.parse().map_err(|source| SettingsError::Toml {
        path: path.into(),
        source: Box::new(source),
    })?;
    let command = Arguments::command();
    let known: Vec<String> = settings_of(&command, "serve")
        .map(|arg| arg.get_id().to_string())
        .collect();
    table
        .into_iter()
        .map(|(key, value)| {
            if !known.contains(&key) || key == "config" {
                return Err(SettingsError::Unknown { path: path.into(), key });
            }
            match value {
                toml::Value::String(text) => Ok((key, text)),
                toml::Value::Integer(number) => Ok((key, number.to_string())),
                _ => Err(SettingsError::Value { path: path.into(), key }),
            }
        })
        .collect()
}

fn settings_of<'a>(command: &'a clap::Command, of: &str) -> impl Iterator<Item = &'a clap::Arg> {
    let sub = command.find_subcommand(of);
    sub.into_iter()
        .flat_map(|s| s.get_arguments())
        .filter(|arg| arg.get_id() != "help" && !arg.is_hide_set())
}

/// The table of settings as Markdown.
pub fn table() -> String {
    let mut command = Arguments::command();
    command.build();
    let mut out = String::new();
    for name in ["serve", "demo", "set-aside", "export", "verify", "bench"] {
        out.push_str(&format!(
            "## `pingyi {name}`\n\n| flag | environment | file | default | meaning |\n|---|---|---|---|---|\n"
        ));
        for arg in settings_of(&command, name) {
            let flag = match arg.get_long() {
                Some(long) => format!("`--{long}`"),
                None => format!("`{}`", arg.get_id().as_str().to_uppercase()),
            };
            let env = arg
                .get_env()
                .map_or_else(String::new, |e| format!("`{}`", e.to_string_lossy()));
            let in_file = name == "serve" && arg.get_id() != "config";
            let file = if in_file {
                format!("`{}`", arg.get_id())
            } else {
                String::new()
            };
            let default = arg
                .get_default_values()
                .iter()
                .map(|d| format!("`{}`", d.to_string_lossy()))
                .collect::<String>();
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            out.push_str(&format!("| {flag} | {env} | {file} | {default} | {help} |\n"));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &[&str]) -> Result<Arguments, SettingsError> {
        read(words.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_flag_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pingyi.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:9000\"\ndata = \"/srv/pingyi\"\n").unwrap();
        let file = file.to_str().unwrap();
        let got = read_words(&["pingyi", "serve", "--config", file, "--data", "elsewhere"]).unwrap();
        let Command::Serve(serve) = got.command else {
            panic!("serve was asked")
        };
        assert_eq!(serve.network.listen, "127.0.0.1:9000".parse().unwrap());
        assert_eq!(serve.data, PathBuf::from("elsewhere"));
    }

    #[test]
    fn a_misspelt_setting_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pingyi.toml");
        std::fs::write(&file, "lissen = \"127.0.0.1:9000\"\n").unwrap();
        let error = read_words(&["pingyi", "serve", "--config", file.to_str().unwrap()]).unwrap_err();
        assert!(error.to_string().contains("'lissen'"), "{error}");
    }
}
