//! How the system gives memory to a serving program: from one arena. glibc has one for each of its threads otherwise, and
//! what the burst of a hall coming in leaves behind in each of them is kept: some 6 KiB for every phone.

/// Starts the program anew, in the same process, with the C library told so: it reads that only at its start. Goes on as
/// it is where the operator has set it, where another C library serves, or where the system does not let it.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn from_one_arena() {
    use std::env;
    use std::os::unix::process::CommandExt;
    const SETTING: &str = "MALLOC_ARENA_MAX";
    if env::var_os(SETTING).is_some() {
        return;
    }
    let mut arguments = env::args_os();
    let (Some(name), Ok(program)) = (arguments.next(), env::current_exe()) else {
        return;
    };
    // Returns only where it failed.
    let _ = std::process::Command::new(program)
        .arg0(name)
        .args(arguments)
        .env(SETTING, "1")
        .exec();
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn from_one_arena() {}
