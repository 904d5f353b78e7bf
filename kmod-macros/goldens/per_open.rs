// SPDX-License-Identifier: GPL-2.0-only
// What an open file has of its own.

#[per_open]
#[derive(Default)]
struct Session {
    #[timer]
    idle: Timer<Idle>,
    #[cfg(feature = "queues")]
    #[workqueue]
    events: WorkQueue,
    #[work]
    flush: Work<Flush>,
    bytes: AtomicU64,
}

#[file_operations]
impl FileOperations for Node {
    type PerOpen = PerOpen<Session>;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<PerOpen<Session>> {
        Ok(PerOpen::default())
    }
}
