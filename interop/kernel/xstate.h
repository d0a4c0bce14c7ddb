// SPDX-License-Identifier: Apache-2.0
/* How a user-mode kernel puts floating-point registers back on a host whose register area is larger than the part it
 * keeps: it keeps the head, and such a host takes the whole area only. Included by the guest's kernel (see build.sh). */
static int put_head_of_xstate(int pid, const struct iovec *kept)
{
	static unsigned char area[64 << 10];
	struct iovec all = { area, sizeof(area) };
	const unsigned char *head = kept->iov_base;
	unsigned long i;

	if (ptrace(PTRACE_GETREGSET, pid, NT_X86_XSTATE, &all) < 0)
		return -1;
	for (i = 0; i < kept->iov_len && i < all.iov_len; i++)
		area[i] = head[i];
	return ptrace(PTRACE_SETREGSET, pid, NT_X86_XSTATE, &all);
}
