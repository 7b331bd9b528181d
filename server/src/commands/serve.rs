//! `pingyi serve`: the halls of a data folder.

use super::{CommandError, banner, start_log, stop_signal};
use crate::app::{self, App, Disk};
use crate::clock::Clock;
use crate::settings::Serve;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

/// Serves until Ctrl-C. On the very first start it prints the link that makes the first desk account.
pub async fn serve(settings: Serve) -> Result<(), CommandError> {
    start_log(&settings.network);
    app::allow_many_connections();
    let listener = app::listen(settings.network.listen)?;
    let port = listener
        .local_addr()
        .map_or(settings.network.listen.port(), |a| a.port());
    let bar = banner::bar("载入记录 replaying the record");
    let progress = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let address = settings.network.address.as_deref();
    let disk = match settings.commit_delay_ms {
        0 => Disk::AsItIs,
        ms => Disk::SlowedBy(Duration::from_millis(u64::from(ms))),
    };
    let app = App::open_telling(&settings.data, port, address, Clock::default(), disk, &progress).await?;
    bar.finish_and_clear();
    let base = app.base();
    let local = format!("http://127.0.0.1:{port}");
    let mut lines = vec![
        ("手机访问 phones", base.clone()),
        ("办公室 desk", format!("{base}/desk")),
    ];
    if app.outer.body.look(|b| b.accounts.is_empty()) {
        let secret = app.outer.doors.links.new_setup().map_err(app::AppError::from)?;
        let link = format!("{local}/desk#setup={secret}");
        write_private(&settings.data.join("setup-link.txt"), &link);
        lines.push(("首次设置 set-up (once)", link));
    }
    let view = app
        .outer
        .body
        .look(|b| app.outer.doors.address.view(b.address.as_deref()));
    if !view.reachable {
        lines.push((
            "注意 note",
            "手机无法访问这个地址，请用 --address 指定 (phones cannot reach this address)".into(),
        ));
    }
    let shown: Vec<_> = lines.iter().map(|(l, v)| (*l, v.as_str())).collect();
    banner::print(&shown, Some(&base));
    Ok(app.serve(listener, stop_signal()).await?)
}

/// The set-up link is a key: only the owner of the data folder may read it.
fn write_private(path: &Path, text: &str) {
    // An older file keeps its mode when it is written again.
    let _ = fs::remove_file(path);
    let mut options = fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let written = options.open(path).and_then(|mut f| writeln!(f, "{text}"));
    if let Err(error) = written {
        tracing::warn!(%error, "the set-up link could not be written beside the data; it is printed above");
    }
}
