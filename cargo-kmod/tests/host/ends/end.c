/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads a module beside the one that is there, and ends the machine. */
#include <fcntl.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int file = open(argv[1], O_RDONLY);

	if (argc != 3 || syscall(SYS_finit_module, file, "", 0))
		return 1;
	if (!strcmp(argv[2], "off"))
		reboot(RB_POWER_OFF);
	else if (!strcmp(argv[2], "restart"))
		reboot(RB_AUTOBOOT);
	else
		return write(open("/proc/sysrq-trigger", O_WRONLY), "c", 1) != 1;
	return 1;
}
