// SPDX-License-Identifier: Apache-2.0
/* Service keys and forged tickets for AF_RXRPC programs: DES (FIPS 46-3, bit by bit, for tickets only) and a ticket of
 * Kerberos 4's form. Include once a program. */
#ifndef RXKAD_H
#define RXKAD_H
#include <linux/keyctl.h>
#include <linux/rxrpc.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const uint8_t des_IP[64] = {58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4,
				   62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
				   57, 49, 41, 33, 25, 17, 9,  1, 59, 51, 43, 35, 27, 19, 11, 3,
				   61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7};
static const uint8_t des_FP[64] = {40, 8, 48, 16, 56, 24, 64, 32, 39, 7, 47, 15, 55, 23, 63, 31,
				   38, 6, 46, 14, 54, 22, 62, 30, 37, 5, 45, 13, 53, 21, 61, 29,
				   36, 4, 44, 12, 52, 20, 60, 28, 35, 3, 43, 11, 51, 19, 59, 27,
				   34, 2, 42, 10, 50, 18, 58, 26, 33, 1, 41, 9,	 49, 17, 57, 25};
static const uint8_t des_E[48] = {32, 1,  2,  3,  4,  5,  4,  5,  6,  7,  8,  9,  8,  9,  10, 11,
				  12, 13, 12, 13, 14, 15, 16, 17, 16, 17, 18, 19, 20, 21, 20, 21,
				  22, 23, 24, 25, 24, 25, 26, 27, 28, 29, 28, 29, 30, 31, 32, 1};
static const uint8_t des_P[32] = {16, 7, 20, 21, 29, 12, 28, 17, 1,  15, 23, 26, 5,  18, 31, 10,
				  2,  8, 24, 14, 32, 27, 3,  9,	 19, 13, 30, 6,	 22, 11, 4,  25};
static const uint8_t des_PC1[56] = {57, 49, 41, 33, 25, 17, 9,	1,  58, 50, 42, 34, 26, 18, 10, 2,  59, 51, 43,
				    35, 27, 19, 11, 3,	60, 52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7,	62, 54,
				    46, 38, 30, 22, 14, 6,  61, 53, 45, 37, 29, 21, 13, 5,  28, 20, 12, 4};
static const uint8_t des_PC2[48] = {14, 17, 11, 24, 1,	5,  3,	28, 15, 6,  21, 10, 23, 19, 12, 4,
				    26, 8,  16, 7,  27, 20, 13, 2,  41, 52, 31, 37, 47, 55, 30, 40,
				    51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32};
static const uint8_t des_S[8][64] = {
    {14, 4,  13, 1, 2,	15, 11, 8, 3, 10, 6, 12, 5,  9,	 0,  7,	 0,  15, 7,  4,	 14, 2,
     13, 1,  10, 6, 12, 11, 9,	5, 3, 8,  4, 1,	 14, 8,	 13, 6,	 2,  11, 15, 12, 9,  7,
     3,	 10, 5,	 0, 15, 12, 8,	2, 4, 9,  1, 7,	 5,  11, 3,  14, 10, 0,	 6,  13},
    {15, 1,  8, 14, 6,	11, 3,	4, 9, 7, 2,  13, 12, 0, 5, 10, 3,  13, 4,  7, 15, 2,  8, 14, 12, 0, 1, 10, 6, 9, 11, 5,
     0,	 14, 7, 11, 10, 4,  13, 1, 5, 8, 12, 6,	 9,  3, 2, 15, 13, 8,  10, 1, 3,  15, 4, 2,  11, 6, 7, 12, 0, 5, 14, 9},
    {10, 0,  9,	 14, 6, 3,  15, 5,  1,	13, 12, 7, 11, 4,  2,  8,  13, 7, 0,  9, 3, 4,
     6,	 10, 2,	 8,  5, 14, 12, 11, 15, 1,  13, 6, 4,  9,  8,  15, 3,  0, 11, 1, 2, 12,
     5,	 10, 14, 7,  1, 10, 13, 0,  6,	9,  8,	7, 4,  15, 14, 3,  11, 5, 2,  12},
    {7, 13, 14, 3, 0, 6,  9, 10, 1,  2, 8,  5, 11, 12, 4,  15, 13, 8,  11, 5, 6, 15,
     0, 3,  4,	7, 2, 12, 1, 10, 14, 9, 10, 6, 9,  0,  12, 11, 7,  13, 15, 1, 3, 14,
     5, 2,  8,	4, 3, 15, 0, 6,	 10, 1, 13, 8, 9,  4,  5,  11, 12, 7,  2,  14},
    {2,	 12, 4, 1,  7,	10, 11, 6, 8, 5,  3, 15, 13, 0,	 14, 9,	 14, 11, 2,  12, 4,  7,
     13, 1,  5, 0,  15, 10, 3,	9, 8, 6,  4, 2,	 1,  11, 10, 13, 7,  8,	 15, 9,	 12, 5,
     6,	 3,  0, 14, 11, 8,  12, 7, 1, 14, 2, 13, 6,  15, 0,  9,	 10, 4,	 5,  3},
    {12, 1,  10, 15, 9,	 2,  6, 8,  0, 13, 3,  4,  14, 7,  5, 11, 10, 15, 4, 2, 7, 12,
     9,	 5,  6,	 1,  13, 14, 0, 11, 3, 8,  9,  14, 15, 5,  2, 8,  12, 3,  7, 0, 4, 10,
     1,	 13, 11, 6,  4,	 3,  2, 12, 9, 5,  15, 10, 11, 14, 1, 7,  6,  0,  8, 13},
    {4, 11, 2,	14, 15, 0, 8, 13, 3,  12, 9, 7, 5, 10, 6, 1, 13, 0,  11, 7, 4, 9, 1,  10, 14, 3, 5, 12, 2,  15, 8, 6,
     1, 4,  11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5,  9, 2, 6,	 11, 13, 8, 1, 4, 10, 7,  9,  5, 0, 15, 14, 2,	3, 12},
    {13, 2, 8, 4, 6,  15, 11, 1, 10, 9,	 3,  14, 5, 0, 12, 7, 1, 15, 13, 8, 10, 3, 7,  4,  12, 5, 6, 11, 0, 14, 9, 2, 7,
     11, 4, 1, 9, 12, 14, 2,  0, 6,  10, 13, 15, 3, 5, 8,  2, 1, 14, 7,	 4, 10, 8, 13, 15, 12, 9, 0, 3,	 5, 6,	11}};
static uint64_t des_perm(uint64_t v, int inbits, const uint8_t *t, int n)
{
	uint64_t r = 0;
	for (int i = 0; i < n; i++)
		r = r << 1 | ((v >> (inbits - t[i])) & 1);
	return r;
}
static uint64_t des_block(uint64_t b, uint64_t key, int dec)
{
	static const uint8_t sh[16] = {1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1};
	uint64_t k56 = des_perm(key, 64, des_PC1, 56), sk[16];
	uint32_t c = k56 >> 28, d = k56 & 0xfffffff, l, r;
	for (int i = 0; i < 16; i++) {
		c = (c << sh[i] | c >> (28 - sh[i])) & 0xfffffff;
		d = (d << sh[i] | d >> (28 - sh[i])) & 0xfffffff;
		sk[i] = des_perm((uint64_t)c << 28 | d, 56, des_PC2, 48);
	}
	b = des_perm(b, 64, des_IP, 64);
	l = b >> 32;
	r = b;
	for (int i = 0; i < 16; i++) {
		uint64_t x = des_perm(r, 32, des_E, 48) ^ sk[dec ? 15 - i : i];
		uint32_t o = 0, t;
		for (int j = 0; j < 8; j++) {
			int s = (x >> (42 - 6 * j)) & 63;
			o = o << 4 | des_S[j][((s & 32) | (s & 1) << 4) | ((s >> 1) & 15)];
		}
		t = l ^ (uint32_t)des_perm(o, 32, des_P, 32);
		l = r;
		r = t;
	}
	return des_perm((uint64_t)r << 32 | l, 64, des_FP, 64);
}
static uint64_t ld64(const uint8_t *p)
{
	uint64_t v = 0;
	for (int i = 0; i < 8; i++)
		v = v << 8 | p[i];
	return v;
}
static void st64(uint8_t *p, uint64_t v)
{
	for (int i = 7; i >= 0; i--, v >>= 8)
		p[i] = v;
}
/* PCBC: c = E(p ^ x); x' = p ^ c; first x = iv */
static void des_pcbc(uint8_t *d, size_t n, const uint8_t key[8], const uint8_t iv[8], int dec)
{
	uint64_t k = ld64(key), x = ld64(iv), p, c;
	for (; n >= 8; n -= 8, d += 8) {
		if (!dec) {
			p = ld64(d);
			c = des_block(p ^ x, k, 0);
			st64(d, c);
		} else {
			c = ld64(d);
			p = des_block(c, k, 1) ^ x;
			st64(d, p);
		}
		x = p ^ c;
	}
}

static uint8_t *put_string(uint8_t *to, const char *text)
{
	return (uint8_t *)stpcpy((char *)to, text) + 1;
}

/* A ticket for lab@LAB.EXAMPLE under the service's key; returns its length. */
static size_t forge_ticket(uint8_t *out, const uint8_t service_key[8], const uint8_t session[8])
{
	uint8_t *p = out;
	uint32_t issued = time(NULL) - 60;
	*p++ = 1; /* little-endian */
	p = put_string(p, "lab");
	p = put_string(p, "");
	p = put_string(p, "LAB.EXAMPLE");
	memset(p, 0, 4); /* any address */
	p += 4;
	memcpy(p, session, 8);
	p += 8;
	*p++ = 255; /* life in units of five minutes */
	for (int i = 0; i < 4; i++)
		*p++ = issued >> (8 * i);
	p = put_string(p, "afs");
	p = put_string(p, "lab.example");
	size_t n = p - out;
	while (n & 7)
		out[n++] = 0;
	des_pcbc(out, n, service_key, service_key, 0);
	return n;
}

static int32_t add_key(const char *type, const char *name, const void *payload, size_t n, int32_t ring)
{
	return syscall(SYS_add_key, type, name, payload, n, ring);
}

/* Adds a client's key of that name for a service with that key; the payload is version 1 of add_key's, host byte order.
 */
__attribute__((unused)) static int32_t add_client_key(const char *name, const uint8_t service_key[8], uint32_t kvno)
{
	static const uint8_t session[8] = {0x13, 0x57, 0x9b, 0xdf, 0x02, 0x46, 0x8a, 0xce};
	uint8_t ticket[512], payload[600];
	uint16_t length = forge_ticket(ticket, service_key, session);
	uint32_t version = 1, expiry = time(NULL) + 36000;
	uint16_t index = RXRPC_SECURITY_RXKAD;
	memcpy(payload, &version, 4);
	memcpy(payload + 4, &index, 2);
	memcpy(payload + 6, &length, 2);
	memcpy(payload + 8, &expiry, 4);
	memcpy(payload + 12, &kvno, 4);
	memcpy(payload + 16, session, 8);
	memcpy(payload + 24, ticket, length);
	return add_key("rxrpc", name, payload, 24 + length, KEY_SPEC_PROCESS_KEYRING);
}

/* Makes a keyring of that name with the service's rxkad key. */
__attribute__((unused)) static int32_t add_server_key(const char *ring, int service, const uint8_t key[8])
{
	char name[32];
	int32_t r = add_key("keyring", ring, NULL, 0, KEY_SPEC_PROCESS_KEYRING);
	snprintf(name, sizeof name, "%d:%d", service, RXRPC_SECURITY_RXKAD);
	return r < 0 || add_key("rxrpc_s", name, key, 8, r) < 0 ? -1 : r;
}

static int parse_key(const char *hex, uint8_t key[8])
{
	for (int i = 0; i < 8; i++) {
		unsigned v;
		if (sscanf(hex + 2 * i, "%2x", &v) != 1)
			return -1;
		key[i] = v;
	}
	return 0;
}
#endif
