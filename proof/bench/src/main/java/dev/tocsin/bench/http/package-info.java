/// HTTP/1.1 on a plain socket: nothing between the measurement and the wire.
@NullMarked
package dev.tocsin.bench.http;

import org.jspecify.annotations.NullMarked;
