/// HTTP on sockets, both ways: a small server (1.1, and 2 for gRPC) and a small client (1.1) that
/// share the reading of heads and bodies. Measured against the JDK's own they start faster and take
/// less memory, and every limit is ours.
@NullMarked
package dev.tocsin.world.real.http;

import org.jspecify.annotations.NullMarked;
