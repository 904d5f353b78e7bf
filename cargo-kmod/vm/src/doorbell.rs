// SPDX-License-Identifier: GPL-2.0-only
//! What QEMU's `ivshmem-doorbell` connects to: a server, which gives each such device memory that all share, and
//! what rings the others. QEMU describes the protocol in `docs/specs/ivshmem-spec.txt`.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::thread;
use std::time::Duration;

use rustix::cmsg_space;
use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
use rustix::fs::{MemfdFlags, ftruncate, memfd_create};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};

use crate::error::{Cannot as _, Error};

/// How much memory is shared, in bytes.
const MEMORY: u64 = 1 << 20;

/// How many vectors QEMU gives a device that does not say, and at most.
const VECTORS: u16 = 1;
const MOST: u16 = 2048;

/// The devices of a boot, with what QEMU is to connect those to that ring each other.
pub(crate) struct Wired {
    /// Each as QEMU's `-device` takes it.
    pub devices: Vec<String>,
    /// Each as QEMU's `-chardev` takes it.
    pub chardevs: Vec<String>,
    /// What they connect to, if there are any.
    pub server: Option<Server>,
}

impl Wired {
    /// Of these devices, those that name no server get one: that of the socket with this name.
    pub fn new(devices: &[&String], name: &str) -> Result<Self, Error> {
        let mut wired = Self {
            devices: Vec::new(),
            chardevs: Vec::new(),
            server: None,
        };
        let mut vectors = None;
        for (index, device) in devices.iter().enumerate() {
            let Some((id, device)) = with_chardev(device, index) else {
                wired.devices.push((*device).clone());
                continue;
            };
            vectors = vectors.max(Some(vectors_of(&device)));
            let socket = format!("socket,id={id},abstract=on,path={name}");
            wired.chardevs.push(socket);
            wired.devices.push(device);
        }
        if let Some(vectors) = vectors {
            let server = Server::new(name, vectors);
            wired.server = Some(server.cannot(|| "serve ivshmem-doorbell".into())?);
        }
        Ok(wired)
    }
}

/// A device that is one and names no server, with the name of what it connects by.
fn with_chardev(device: &str, index: usize) -> Option<(String, String)> {
    let mut words = device.split(',');
    if words.next() != Some("ivshmem-doorbell") || words.any(|word| word.starts_with("chardev=")) {
        return None;
    }
    let id = format!("ivshmem-{index}");
    let device = format!("{device},chardev={id}");
    Some((id, device))
}

/// How many vectors a device has.
fn vectors_of(device: &str) -> u16 {
    let said = device
        .split(',')
        .find_map(|word| word.strip_prefix("vectors="));
    // What is no number QEMU refuses.
    let vectors = said.and_then(|said| said.parse().ok());
    vectors.unwrap_or(VECTORS).min(MOST)
}

/// A server that listens, and serves one boot.
#[derive(Debug)]
pub(crate) struct Server {
    listener: UnixListener,
    memory: OwnedFd,
    /// How many vectors each peer has.
    vectors: u16,
}

impl Server {
    fn new(name: &str, vectors: u16) -> io::Result<Self> {
        let address = SocketAddr::from_abstract_name(name)?;
        let memory = memfd_create("ivshmem", MemfdFlags::CLOEXEC)?;
        ftruncate(&memory, MEMORY)?;
        Ok(Self {
            listener: UnixListener::bind_addr(&address)?,
            memory,
            vectors,
        })
    }

    /// Serves whoever connects, in a thread, until what is returned is dropped.
    pub fn start(&self) -> io::Result<Started> {
        let (stop, stopped) = UnixStream::pair()?;
        let mut peers = Peers {
            memory: self.memory.try_clone()?,
            vectors: self.vectors,
            all: Vec::new(),
        };
        let listener = self.listener.try_clone()?;
        thread::spawn(move || {
            // An error is the end of the server, as which its peers see it.
            let _ = peers.serve(&listener, &stopped);
        });
        Ok(Started { _stop: stop })
    }
}

/// A server that serves until this is dropped.
pub(crate) struct Started {
    _stop: UnixStream,
}

/// One device.
struct Peer {
    id: u16,
    stream: UnixStream,
    /// What rings it, for each vector.
    bells: Vec<OwnedFd>,
}

impl Peer {
    /// Says that number, and gives that file with it.
    fn tell(&self, number: i64, file: Option<BorrowedFd<'_>>) -> io::Result<()> {
        let bytes = number.to_le_bytes();
        let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        let files = file.as_slice();
        if !files.is_empty() {
            control.push(SendAncillaryMessage::ScmRights(files));
        }
        let flags = SendFlags::NOSIGNAL;
        let sent = sendmsg(&self.stream, &[IoSlice::new(&bytes)], &mut control, flags)?;
        match sent == bytes.len() {
            true => Ok(()),
            false => Err(io::ErrorKind::WriteZero.into()),
        }
    }

    /// Tells it what rings `other`, which may be itself.
    fn meet(&self, other: &Self) -> io::Result<()> {
        other
            .bells
            .iter()
            .try_for_each(|bell| self.tell(other.id.into(), Some(bell.as_fd())))
    }
}

struct Peers {
    memory: OwnedFd,
    vectors: u16,
    all: Vec<Peer>,
}

impl Peers {
    fn serve(&mut self, listener: &UnixListener, stopped: &UnixStream) -> io::Result<()> {
        loop {
            let fixed = [stopped.as_fd(), listener.as_fd()];
            let streams = self.all.iter().map(|peer| peer.stream.as_fd());
            let mut waiting: Vec<_> = fixed
                .into_iter()
                .chain(streams)
                .map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN))
                .collect();
            match poll(&mut waiting, None) {
                Err(rustix::io::Errno::INTR) => continue,
                polled => polled?,
            };
            let ready: Vec<bool> = waiting.iter().map(|fd| !fd.revents().is_empty()).collect();
            let [stop, connects, peers @ ..] = &*ready else {
                return Ok(());
            };
            if *stop {
                return Ok(());
            }
            // Peers say nothing: they end.
            for (place, _) in peers.iter().enumerate().rev().filter(|(_, ends)| **ends) {
                self.left(place);
            }
            if *connects {
                let (stream, _) = listener.accept()?;
                self.join(stream)?;
            }
        }
    }

    /// One more, with the lowest number that nobody has.
    fn join(&mut self, stream: UnixStream) -> io::Result<()> {
        // Who does not read does not keep the others from it.
        stream.set_write_timeout(Some(Duration::from_secs(10)))?;
        let is_free = |id: &u16| self.all.iter().all(|peer| peer.id != *id);
        let Some(id) = (0..=u16::MAX).find(is_free) else {
            return Ok(());
        };
        let flags = EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK;
        let bells = (0..self.vectors).map(|_| eventfd(0, flags));
        let peer = Peer {
            id,
            stream,
            bells: bells.collect::<Result<_, _>>()?,
        };
        if self.welcome(&peer).is_err() {
            return Ok(());
        }
        for other in &self.all {
            // Who has ended is found out next.
            let _ = other.meet(&peer);
        }
        self.all.push(peer);
        Ok(())
    }

    fn welcome(&self, peer: &Peer) -> io::Result<()> {
        // The protocol's version.
        peer.tell(0, None)?;
        peer.tell(peer.id.into(), None)?;
        peer.tell(-1, Some(self.memory.as_fd()))?;
        self.all.iter().try_for_each(|other| peer.meet(other))?;
        peer.meet(peer)
    }

    fn left(&mut self, place: usize) {
        let gone = self.all.swap_remove(place);
        for other in &self.all {
            let _ = other.tell(gone.id.into(), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{IoSliceMut, Read as _, Write as _};
    use std::os::unix::fs::FileExt as _;

    use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};

    use super::*;

    fn name(test: &str) -> String {
        format!("kmod-vm-test-{}-{test}", std::process::id())
    }

    /// The next message: its number, and its file.
    fn hear(stream: &UnixStream) -> (i64, Option<File>) {
        let mut bytes = [0; 8];
        let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let into = &mut [IoSliceMut::new(&mut bytes)];
        recvmsg(stream, into, &mut control, RecvFlags::empty()).unwrap();
        let file = control.drain().find_map(|message| match message {
            RecvAncillaryMessage::ScmRights(mut files) => files.next(),
            _ => None,
        });
        (i64::from_le_bytes(bytes), file.map(File::from))
    }

    /// Connects, and hears all up to what rings itself: the memory, and what rings it and its others.
    fn connect(name: &str, vectors: usize, others: &[i64]) -> (UnixStream, i64, File, Vec<File>) {
        let address = SocketAddr::from_abstract_name(name).unwrap();
        let stream = UnixStream::connect_addr(&address).unwrap();
        assert!(matches!(hear(&stream), (0, None)));
        let (id, none) = hear(&stream);
        assert!(none.is_none());
        let (minus_one, memory) = hear(&stream);
        assert_eq!(minus_one, -1);
        let ids = others.iter().chain([&id]);
        let expected = ids.flat_map(|id| vec![*id; vectors]);
        let bells = expected.map(|id| {
            let (said, bell) = hear(&stream);
            assert_eq!(said, id);
            bell.unwrap()
        });
        let bells = bells.collect();
        (stream, id, memory.unwrap(), bells)
    }

    #[test]
    fn peers_share_memory_and_ring_each_other() {
        let name = name("ring");
        let server = Server::new(&name, 2).unwrap();
        let started = server.start().unwrap();
        let (first, id, memory, own) = connect(&name, 2, &[]);
        assert_eq!((id, memory.metadata().unwrap().len()), (0, MEMORY));
        let (second, id, shared, bells) = connect(&name, 2, &[0]);
        assert_eq!(id, 1);
        memory.write_at(b"shared", 100).unwrap();
        let mut text = [0; 6];
        shared.read_at(&mut text, 100).unwrap();
        assert_eq!(&text, b"shared");
        // The first is told of the second.
        for _ in 0..2 {
            assert!(matches!(hear(&first), (1, Some(_))));
        }
        // The first one's second bell.
        (&bells[1]).write_all(&1_u64.to_ne_bytes()).unwrap();
        let mut rung = [0; 8];
        (&own[1]).read_exact(&mut rung).unwrap();
        assert!((&own[0]).read_exact(&mut rung).is_err());
        // It goes, and another one has its number.
        drop(second);
        assert!(matches!(hear(&first), (1, None)));
        let (_third, id, ..) = connect(&name, 2, &[0]);
        assert_eq!(id, 1);
        // The server ends, and says so by that.
        for _ in 0..2 {
            assert!(matches!(hear(&first), (1, Some(_))));
        }
        drop((started, server));
        assert_eq!((&first).read(&mut rung).unwrap(), 0);
    }

    #[test]
    fn only_doorbells_without_a_server_get_one() {
        let devices = [
            "edu",
            "ivshmem-doorbell",
            "ivshmem-doorbell,id=card,vectors=4",
            "ivshmem-doorbell,chardev=mine",
            "ivshmem-plain,memdev=m",
        ]
        .map(str::to_owned);
        let name = name("wired");
        let wired = Wired::new(&devices.iter().collect::<Vec<_>>(), &name).unwrap();
        assert_eq!(
            wired.devices,
            [
                "edu",
                "ivshmem-doorbell,chardev=ivshmem-1",
                "ivshmem-doorbell,id=card,vectors=4,chardev=ivshmem-2",
                "ivshmem-doorbell,chardev=mine",
                "ivshmem-plain,memdev=m",
            ]
        );
        let socket = format!("abstract=on,path={name}");
        assert_eq!(
            wired.chardevs,
            ["1", "2"].map(|id| format!("socket,id=ivshmem-{id},{socket}"))
        );
        assert_eq!(wired.server.unwrap().vectors, 4);
        let none = Wired::new(&[&"edu".to_owned()], &name).unwrap();
        assert!(none.server.is_none() && none.chardevs.is_empty());
    }

    #[test]
    fn vectors_are_what_qemu_takes() {
        for (device, vectors) in [
            ("ivshmem-doorbell", 1),
            ("ivshmem-doorbell,vectors=16,id=x", 16),
            ("ivshmem-doorbell,vectors=65535", 2048),
            ("ivshmem-doorbell,vectors=many", 1),
        ] {
            assert_eq!(vectors_of(device), vectors, "{device}");
        }
    }
}
