//! Memory that was used and is free again goes back to the system.

/// From how many bytes on a piece of memory is the system's own, and how much that is free is kept. glibc
/// begins with this value and raises it to 32 MiB by what it sees freed; then what one large page took stays
/// with whichever thread read it (mallopt(3)).
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const KEPT: i32 = 128 * 1024;

/// Keeps the allocator from holding on to freed memory. It can be called any number of times.
pub(crate) fn give_back_freed() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        // SAFETY: mallopt takes two numbers, locks what it changes, and answers 0 where it does not know one.
        #[allow(unsafe_code, reason = "the one place that speaks to the allocator")]
        unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, KEPT);
            libc::mallopt(libc::M_TRIM_THRESHOLD, KEPT);
        }
    }
}
