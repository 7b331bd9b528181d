//! Builds the web client with npm and turns its files into a table of bytes that the server embeds.
//! `CLIENT_DIST=dir` embeds a ready-made build instead and needs no Node.
//! `CLIENT_SKIP=1` embeds nothing, for work on the server alone.
use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, exit},
};

/// What starts a new client build when it changes. Never a folder that the build itself writes to: cargo would then build
/// every time. A new top-level file of `client/` that the build reads must be added here.
const INPUTS: &[&str] = &[
    "build.rs",
    "../client/src",
    "../client/member.html",
    "../client/projector.html",
    "../client/chair.html",
    "../client/desk.html",
    "../client/public.html",
    "../client/q.html",
    "../client/subject.html",
    "../client/package.json",
    "../client/package-lock.json",
    "../client/.npmrc",
    "../client/build.mjs",
    "../client/vite.config.ts",
    "../client/tsconfig.json",
    "../static",
    // The desk's page shows it.
    "../docs/threat-model.md",
];
const NODE_MIN: (u32, u32) = (20, 19);
/// Lines of a failed npm run that are shown; the cause stands at its end.
const SHOWN_LINES: usize = 20;

fn main() {
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
    }
    for variable in ["CLIENT_DIST", "CLIENT_SKIP"] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let root = PathBuf::from(need_env("CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(need_env("OUT_DIR"));
    let files = match dist(&root, &out) {
        Some(dist) => table(&dist),
        None => table_of(&[]),
    };
    let written = files.and_then(|text| fs::write(out.join("assets.rs"), text));
    if let Err(error) = written {
        fail(&format!("the client's files could not be gathered: {error}"));
    }
}

/// The folder that holds the client as built, or none when it is left out on purpose.
fn dist(root: &Path, out: &Path) -> Option<PathBuf> {
    if env::var_os("CLIENT_SKIP").is_some_and(|value| value == "1") {
        return None;
    }
    let Some(ready) = env::var_os("CLIENT_DIST").filter(|value| !value.is_empty()) else {
        return Some(build_client(&root.join("../client"), out));
    };
    let ready = PathBuf::from(ready);
    println!("cargo::rerun-if-changed={}", ready.display());
    if !ready.join("member.html").is_file() {
        fail(&format!(
            "CLIENT_DIST={} holds no member.html; it must be an absolute path to what `npm run build` made",
            ready.display()
        ));
    }
    Some(ready)
}

fn build_client(client: &Path, out: &Path) -> PathBuf {
    check_node();
    let client = client
        .canonicalize()
        .unwrap_or_else(|error| fail(&format!("client/ cannot be opened: {error}")));
    // A debug build, a release build and the editor's share node_modules: one at a time.
    let lock_name = format!("pingyi-client-{:016x}.lock", fnv(client.as_os_str().as_encoded_bytes()));
    let lock = fs::File::create(env::temp_dir().join(lock_name)).and_then(|file| file.lock().map(|()| file));
    if let Err(error) = &lock {
        println!("cargo::warning=building the client without a lock against a second build: {error}");
    }
    install(&client);
    let dist = out.join("dist");
    let Some(dist_text) = dist.to_str() else {
        fail("the path of the target folder is not valid Unicode")
    };
    npm(&client, &["run", "--silent", "build", "--", "--outDir", dist_text]);
    dist
}

fn check_node() {
    let (major, minor) = NODE_MIN;
    let ways_out = "Install Node.js, or set CLIENT_DIST to a ready-made client build, \
                    or CLIENT_SKIP=1 to build the server without its pages.";
    let version = Command::new("node").arg("--version").output();
    let text = match version {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        _ => fail(&format!(
            "the web client needs Node.js {major}.{minor} or newer, and no `node` was found on PATH. {ways_out}"
        )),
    };
    let mut numbers = text
        .trim_start_matches('v')
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let have = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if have < NODE_MIN {
        fail(&format!(
            "the web client needs Node.js {major}.{minor} or newer; this is {text}. {ways_out}"
        ));
    }
}

/// Installs the locked packages, and only when the lock differs from what is installed.
fn install(client: &Path) {
    let lock = fs::read(client.join("package-lock.json"))
        .unwrap_or_else(|error| fail(&format!("client/package-lock.json cannot be read: {error}")));
    let wanted = format!("{:016x}", fnv(&lock));
    let stamp = client.join("node_modules/.lock-hash");
    if fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return;
    }
    npm(client, &["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    if let Err(error) = fs::write(&stamp, &wanted) {
        println!("cargo::warning=the client's packages will be installed again next time: {error}");
    }
}

fn npm(folder: &Path, arguments: &[&str]) {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    // With NODE_ENV=production npm leaves out the build tools.
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env_remove("NODE_ENV")
        .output()
        .unwrap_or_else(|error| fail(&format!("`npm` could not be started ({error}); it comes with Node.js")));
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    if output.status.success() {
        return;
    }
    for line in &lines[lines.len().saturating_sub(SHOWN_LINES)..] {
        println!("cargo::error=  {line}");
    }
    fail(&format!(
        "`npm {}` failed in client/ ({})",
        arguments.join(" "),
        output.status
    ));
}

/// One file of the build, with the copies that the build compressed.
struct File {
    path: String,
    on_disk: PathBuf,
}

fn table(dist: &Path) -> io::Result<String> {
    let mut files = vec![];
    walk(dist, dist, &mut files)?;
    // The server looks up by binary search.
    files.sort_by(|a, b| a.path.cmp(&b.path));
    table_of(&files)
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let on_disk = entry?.path();
        if on_disk.is_dir() {
            walk(root, &on_disk, files)?;
        } else if !on_disk
            .extension()
            .is_some_and(|extension| extension == "br" || extension == "gz")
        {
            let inner = on_disk.strip_prefix(root).map_err(io::Error::other)?;
            let path = inner
                .to_str()
                .ok_or_else(|| io::Error::other("a file name is not valid Unicode"))?;
            files.push(File {
                path: format!("/{}", path.replace('\\', "/")),
                on_disk,
            });
        }
    }
    Ok(())
}

fn table_of(files: &[File]) -> io::Result<String> {
    let mut text = String::from("static ASSETS: &[Asset] = &[\n");
    for File { path, on_disk } in files {
        let tag = fnv(&fs::read(on_disk)?);
        let immutable = path.starts_with("/assets/");
        let copy = |extension: &str| {
            let beside = PathBuf::from(format!("{}.{extension}", on_disk.display()));
            if beside.is_file() {
                format!("Some(include_bytes!({beside:?}))")
            } else {
                "None".to_owned()
            }
        };
        let (gzip, brotli) = (copy("gz"), copy("br"));
        writeln!(
            text,
            "    Asset {{ path: {path:?}, mime: {:?}, etag: \"W/\\\"{tag:016x}\\\"\", immutable: {immutable}, \
             raw: include_bytes!({on_disk:?}), gzip: {gzip}, brotli: {brotli} }},",
            mime(path)
        )
        .map_err(io::Error::other)?;
    }
    text.push_str("];\n");
    Ok(text)
}

fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "mp3" => "audio/mpeg",
        _ => "application/octet-stream",
    }
}

/// FNV-1a: tells one version of a file from the next; nobody attacks these.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn need_env(name: &str) -> std::ffi::OsString {
    env::var_os(name).unwrap_or_else(|| fail(&format!("{name} is not set; this is run by cargo")))
}

fn fail(message: &str) -> ! {
    println!("cargo::error={message}");
    exit(1)
}
