// SPDX-License-Identifier: Apache-2.0
/* Decodes and encodes a list with the stubs that rxgen makes, and prints nanoseconds for each time. */
#include "bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e9 + t.tv_nsec; }

int main(int argc, char **argv) {
  static char in[300000], out[300000];
  int rounds = atoi(argv[2]), per = atoi(argv[3]);
  FILE *f = fopen(argv[1], "rb");
  int n = fread(in, 1, sizeof in, f);
  fclose(f);
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    for (int i = 0; i < per; i++) {
      XDR x; benchEntries e; memset(&e, 0, sizeof e);
      xdrmem_create(&x, in, n, XDR_DECODE);
      if (!xdr_benchEntries(&x, &e)) return 2;
      xdrmem_create(&x, out, sizeof out, XDR_ENCODE);
      if (!xdr_benchEntries(&x, &e)) return 3;
      x.x_op = XDR_FREE;
      if (!xdr_benchEntries(&x, &e)) return 4;
    }
    printf("%.0f\n", (now() - t0) / per);
  }
  return memcmp(in, out, n) != 0;
}
