// SPDX-License-Identifier: GPL-2.0-only
/* Ends with a file open. */
#include <fcntl.h>

int main(int argc, char **argv)
{
	return argc != 2 || open(argv[1], O_RDONLY) < 0;
}
