/// Tests.
@NullMarked
package dev.tocsin.deliver.remotewrite;

import org.jspecify.annotations.NullMarked;
