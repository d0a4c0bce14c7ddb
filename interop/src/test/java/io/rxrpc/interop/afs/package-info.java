/**
 * As much of AFS's interfaces as the tests need: XDR, and the arguments and results of some calls.
 * Nothing of the transport may come in: requests and replies are byte arrays.
 */
@NullMarked
package io.rxrpc.interop.afs;

import org.jspecify.annotations.NullMarked;
