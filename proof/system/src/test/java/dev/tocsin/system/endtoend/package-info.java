/// The real launcher, real sockets, a real disk and real peers: what a user would see.
@NullMarked
package dev.tocsin.system.endtoend;

import org.jspecify.annotations.NullMarked;
