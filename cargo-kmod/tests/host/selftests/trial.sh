#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The first process of a small Debian in a VM: a line for each thing that holds, or does not.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root
mkdir -p /proc /sys /dev
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
exec < /dev/console > /dev/console 2>&1
mkdir -p /dev/shm /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /tmp
mount -t tmpfs tmpfs /run
mount -t debugfs debugfs /sys/kernel/debug
mount -t tracefs tracefs /sys/kernel/tracing
dmesg -n 1
SELFTESTS=/srv/selftests

check() {
	what=$1; shift
	if "$@" > /run/said 2>&1; then
		echo "TRIAL ok: $what: $(tail -n 1 /run/said | cut -c -150)"
	else
		echo "TRIAL not: $what: $(tail -n 12 /run/said | cut -c -150 | tr '\n' ' ')"
	fi
}
says() { words=$1; shift; "$@" > /run/says 2>&1; cat /run/says; grep -E "$words" /run/says; }
clean() { ! dmesg | grep -E 'BUG:|WARNING:|Oops|Call Trace|general protection|soft lockup|self-detected stall|blocked for more than'; }

# The kernel's script on files of ours: one of its cases.
sysctl() { SYSCTL=/proc/sys/debug/selftests DIR=/sys/module/selftests bash $SELFTESTS/sysctl/sysctl.sh -c "$1" "$2"; }
# It ends by itself, as something to be skipped, where batched requests begin.
firmware() {
	bash $SELFTESTS/firmware/fw_filesystem.sh > /run/firmware 2>&1
	code=$?
	cat /run/firmware
	test $code = 4 && grep -q 'Configuration triggers not present' /run/firmware &&
		grep ': async filesystem loading works' /run/firmware
}

# By the script's own variables.
sections() { DIR=/sys/module/ticket DEFAULT_KMOD_DRIVER=ticket bash $SELFTESTS/kmod/kmod.sh -s 0013; }

# The kernel's cases of ftrace, with the names of its events and modules replaced by those of ours.
ours() {
	to=$SELFTESTS/ftrace/test.d/ours/$(basename "$1")
	mkdir -p "${to%/*}"
	sed -e "$2" "$SELFTESTS/ftrace/test.d/$1" > "$to"
	if cmp -s "$to" "$SELFTESTS/ftrace/test.d/$1"; then echo "nothing is replaced in it"; return 1; fi
	(cd $SELFTESTS/ftrace && bash ./ftracetest --fail-unsupported --fail-unresolved "$to")
}
# Several, until one does not pass.
cases() { rule=$1; shift; for case; do ours "$case.tc" "$rule" || return; done; }
# An event, two of its fields, and what traces it.
EVENT='s,events/sched/sched_process_fork,events/vm_trace/vm_trace_values,g; s,child_pid,e,g; s,parent_pid,f,g
	s,( echo "forked"),( echo 2 > /proc/vm_trace/values),'
SWITCH='s,sched:sched_switch,vm_trace:vm_trace_values,; s,sched/sched_switch,vm_trace/vm_trace_values,
	s,grep sched_switch,grep vm_trace_values,; s,^yield$,for one in values arrays texts nested; do echo 2 > /proc/vm_trace/$one; done,'
WHOLE='s,sched:\*,vm_trace:*,; s,events/sched,events/vm_trace,; s,^yield$,for one in values arrays texts nested; do echo 2 > /proc/vm_trace/$one; done,'
# A function that ftrace traces, as C's are and no others are taken here, and what calls it.
PROBED='s,trace_printk_irq_work,morse_encode,; s,trace[-_]printk,morse,g; s,^grep "event1:",echo sos > /dev/morse; &,'
CALLED='s,\$FUNCTION_FORK,morse_encode,g; s,vfs_read,morse_encode,g; s,echo "forked",echo sos > /dev/morse,'
stressed() { stress-ng --timeout @SECONDS@ --metrics-brief "$@"; }

# Loads and unloads a module while others read its files; how much the kernel's slabs have grown since the first tenth.
loads() {
	cat > /run/loads.pl <<-'PERL'
	my ($loads, $file) = @ARGV;
	sub slabs {
		open(my $drop, '>', '/proc/sys/vm/drop_caches'); print $drop "3\n"; close($drop);
		select(undef, undef, undef, 2);
		open(my $in, '<', '/proc/meminfo');
		my ($kb) = map { /^SUnreclaim:\s+(\d+)/ ? $1 : () } <$in>;
		return $kb;
	}
	my @readers;
	for my $read ('/dev/ticket', '/proc/sys/ticket/step', '/sys/module/ticket/parameters/start') {
		my $reader = fork();
		if (!$reader) {
			while (1) {
				if (open(my $in, '<', $read)) { sysread($in, my $text, 64); close($in); } else { select(undef, undef, undef, 0.001); }
			}
		}
		push @readers, $reader;
	}
	my ($first, $busy) = (0, 0);
	for my $load (1 .. $loads) {
		open(my $ko, '<', $file) or die "open: $!";
		my $options = '';
		syscall(313, fileno($ko), $options, 0) == 0 or die "load $load: $!";
		close($ko);
		my $name = 'ticket';
		while (syscall(176, $name, 0x800) != 0) {
			$!{EAGAIN} || $!{EWOULDBLOCK} || $!{EBUSY} or die "unload $load: $!";
			$busy++;
			select(undef, undef, undef, 0.0005);
		}
		$first = slabs() if $load == int($loads / 10);
	}
	kill 'KILL', @readers;
	waitpid($_, 0) for @readers;
	my $last = slabs();
	printf "%d loads, %d unloads refused by readers, slabs %d kB, then %d kB\n", $loads, $busy, $first, $last;
	exit($last - $first > 1024);
	PERL
	perl /run/loads.pl "$1" "$(modinfo -n ticket)"
}

sensor() {
	bus=$(grep -l stub /sys/bus/i2c/devices/i2c-*/name) && echo lm75 0x48 > "${bus%/name}/new_device" && sensors
}
# It waits for events until it is ended.
event() {
	for one in /dev/input/event*; do timeout 3 evtest "$one" < /dev/null; done
	true
}
radio() { rfkill block "$1" && says "soft blocked|blocked" rfkill list && rfkill unblock "$1"; }

modprobe -a evdev rfkill
modprobe i2c-stub chip_addr=0x48
MODULES=$(cd "/lib/modules/$(uname -r)/updates" && ls | sed 's/\.ko$//')
for module in $MODULES; do
	modprobe "$module" || echo "TRIAL not: modprobe $module"
done
check "all are there at once" sh -c 'grep -c "(O" /proc/modules'

check "sysctl.sh 0001, int_0001: proc_dointvec_minmax()" sysctl 0001 1
check "sysctl.sh 0002, string_0001: proc_dostring()" sysctl 0002 1
check "sysctl.sh 0003, int_0002: proc_dointvec()" sysctl 0003 1
check "sysctl.sh 0004, uint_0001: proc_douintvec()" sysctl 0004 1
check "sysctl.sh 0005, int_0003: a row, three times" sysctl 0005 3
check "fw_filesystem.sh, up to batched requests" firmware
check "kmod.sh 0013: who may know where a module's sections are" sections
check "ftrace: event/event-enable.tc" ours event/event-enable.tc "$SWITCH"
check "ftrace: event/subsystem-enable.tc" ours event/subsystem-enable.tc "$WHOLE"
check "ftrace: trigger/trigger-eventonoff.tc" ours trigger/trigger-eventonoff.tc "$EVENT"
check "ftrace: trigger/trigger-filter.tc" ours trigger/trigger-filter.tc "$EVENT"
check "ftrace: trigger/trigger-stacktrace.tc" ours trigger/trigger-stacktrace.tc "$EVENT"
check "ftrace: trigger/trigger-traceonoff.tc" ours trigger/trigger-traceonoff.tc "$EVENT"
# Both load it and remove it.
rmmod morse
check "ftrace: kprobe/kprobe_module.tc" ours kprobe/kprobe_module.tc "$PROBED"
check "ftrace: ftrace/func_mod_trace.tc" ours ftrace/func_mod_trace.tc "$PROBED"
modprobe morse
check "ftrace: events of probes of morse_encode()" cases "$CALLED" \
	kprobe/{add_and_remove,busy_check,kprobe_args,kprobe_args_comm,kprobe_args_syntax,kprobe_args_type,kprobe_ftrace} \
	kprobe/{kprobe_syntax_errors,kretprobe_args,kretprobe_return_suffix,profile}

check "sensors" says 'temp1:' sensor
check "wdctl" says 'i6300ESB|Identity' wdctl /dev/watchdog0
check "evtest" says 'Input device name: "vm_classes' event
check "rfkill" radio bluetooth
check "the log is clean" clean

check "stress-ng --dev: counter" stressed --dev 1 --dev-file /dev/counter
check "stress-ng --dev: guestbook" stressed --dev 1 --dev-file /dev/guestbook
check "stress-ng --dev: pipe" stressed --dev 1 --dev-file /dev/pipe
check "stress-ng --dev: ticket" stressed --dev 1 --dev-file /dev/ticket
check "stress-ng --dev: journal0" stressed --dev 1 --dev-file /dev/journal0
check "stress-ng --dev: shm_board" stressed --dev 1 --dev-file /dev/shm_board
check "stress-ng --dev: strongbox" stressed --dev 1 --dev-file /dev/strongbox
check "stress-ng --procfs" stressed --procfs 2
check "stress-ng --sysfs" stressed --sysfs 2
check "the log is clean after that" clean

rmmod ticket
check "@LOADS@ loads and unloads with readers" loads @LOADS@
for turn in 1 2 3; do
	for module in $MODULES; do test -d "/sys/module/$module" && rmmod "$module" 2> /run/rmmod; done
done
check "all go" sh -c '! grep "(O" /proc/modules'
check "the log is clean to the end" clean
echo "TRIAL end"
dmesg | tail -n 200
echo o > /proc/sysrq-trigger
sleep 100
