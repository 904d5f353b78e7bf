/* SPDX-License-Identifier: GPL-2.0-only */
/* Does what its processor does not know. */
int main(void)
{
	__builtin_trap();
}
