//! Joining and sitting idle through TLS. The program speaks plain http; who wants TLS puts a proxy before it, and that is
//! measured: nginx with an ECDSA certificate. A tunnel of its own process speaks TLS for the phones and is not counted.

use super::super::contender::Baselines;
use super::super::crowd::Crowd;
use super::super::hall::{Hall, JOINS_AT_ONCE, WITHIN};
use super::super::nginx::{Certificate, Nginx};
use super::super::pass::cpu_each;
use super::super::process::{Process, free_port};
use super::super::report::{Goal, Scene, median, number};
use super::super::{BenchError, Stage};
use pingyi_core::ballot::Secrecy;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A connection takes two file handles of the proxy and two of the tunnel.
const PHONES_MAX: usize = 3_000;
const REST: Duration = Duration::from_millis(500);

pub(in super::super) fn play(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let (Some(nginx), Some(tunnel)) = (Nginx::find(), Baselines::tunnel()?) else {
        let missing = "no TLS without nginx and cargo build --release -p pingyi-bench-limit";
        stage.bar.suspend(|| eprintln!("pingyi bench: {missing}"));
        return Ok(Vec::new());
    };
    let phones = (stage.settings.phones as usize).min(PHONES_MAX);
    let folder = tempfile::Builder::new().prefix("pingyi-bench-").tempdir()?;
    let pem = certificate(&tunnel, folder.path())?;
    let mut hall = Hall::prepare(phones, Secrecy::Named)?;
    let process = hall.serve()?;
    hall.sign_in(&process)?;
    drop(process);
    let runs = stage.settings.runs;
    stage.bar.set_length(u64::from(runs) * 2);
    let (mut plain, mut tls) = (Measured::default(), Measured::default());
    for _ in 0..runs {
        let process = hall.serve()?;
        let front = Nginx::before(&nginx, process.at, None)?;
        plain.take(&hall, &process, &front, front.process.at, phones)?;
        stage.bar.inc(1);
        drop((front, process));
        let process = hall.serve()?;
        let front = Nginx::before(&nginx, process.at, Some(&pem))?;
        let tunnel = start_tunnel(&tunnel, front.tls_at, &pem)?;
        tls.take(&hall, &process, &front, tunnel.at, phones)?;
        stage.bar.inc(1);
    }
    Ok(scenes(phones, plain, tls))
}

/// Medians are of the program and of the proxy, apart.
#[derive(Default)]
struct Measured {
    joins_per_s: Vec<f64>,
    cpu_us: [Vec<f64>; 2],
    kib: [Vec<f64>; 2],
}

impl Measured {
    fn take(
        &mut self,
        hall: &Hall,
        process: &Process,
        front: &Nginx,
        at: SocketAddr,
        phones: usize,
    ) -> Result<(), BenchError> {
        let mut crowd = hall.phones_at(at, phones)?;
        let n = phones as f64;
        let both = [process, &front.process];
        let empty = both.map(Process::pss_kib);
        join(&mut crowd)?;
        for (kib, (process, empty)) in self.kib.iter_mut().zip(both.iter().zip(empty)) {
            kib.extend(process.pss_kib().zip(empty).map(|(full, empty)| (full - empty) / n));
        }
        crowd.leave_all();
        std::thread::sleep(REST);
        let before = both.map(Process::cpu_us);
        self.joins_per_s.push(n / join(&mut crowd)?.as_secs_f64());
        for (cpu, (process, before)) in self.cpu_us.iter_mut().zip(both.iter().zip(before)) {
            cpu.extend(cpu_each(before, process.cpu_us(), n));
        }
        Ok(())
    }
}

fn join(crowd: &mut Crowd) -> Result<Duration, BenchError> {
    let took = crowd.join_all(JOINS_AT_ONCE, WITHIN)?;
    crowd.settle(REST, WITHIN)?;
    Ok(took)
}

fn certificate(tunnel: &Path, folder: &Path) -> Result<Certificate, BenchError> {
    let made = Command::new(tunnel).arg("certificate").arg(folder).status()?;
    if !made.success() {
        return Err(BenchError::Ended(made.to_string()));
    }
    Ok(Certificate {
        certificate: folder.join("certificate.pem"),
        key: folder.join("key.pem"),
    })
}

fn start_tunnel(tunnel: &Path, to: Option<SocketAddr>, pem: &Certificate) -> Result<Process, BenchError> {
    let at = free_port()?;
    let to = to.ok_or_else(|| BenchError::Ended("nothing: no TLS there".into()))?;
    let mut command = Command::new(tunnel);
    command
        .args(["tunnel", &at.to_string(), &to.to_string()])
        .arg(&pem.certificate);
    Process::start(command, at, None)
}

fn scenes(phones: usize, plain: Measured, tls: Measured) -> Vec<Scene> {
    let of = |v: Vec<f64>| median(v).unwrap_or_default();
    let [own, proxy] = tls.cpu_us.map(of);
    let [plain_own, plain_proxy] = plain.cpu_us.map(of);
    let cpu = format!(
        "the program {} and nginx {} µs; through nginx without TLS {} and {}; {} joins/s",
        number(own),
        number(proxy),
        number(plain_own),
        number(plain_proxy),
        number(of(tls.joins_per_s))
    );
    let [own_kib, proxy_kib] = tls.kib.map(of);
    let [plain_own_kib, plain_proxy_kib] = plain.kib.map(of);
    let kib = format!(
        "the program {} and nginx {} KiB; through nginx without TLS {} and {}",
        number(own_kib),
        number(proxy_kib),
        number(plain_own_kib),
        number(plain_proxy_kib)
    );
    vec![
        Scene::new("join through TLS, server CPU", phones, own + proxy, "µs")
            .goals(&[Goal::AtMost(300.0)])
            .detail(cpu),
        Scene::new(
            "memory per idle connection through TLS",
            phones,
            own_kib + proxy_kib,
            "KiB",
        )
        .goals(&[Goal::AtMost(18.0)])
        .detail(kib),
    ]
}
