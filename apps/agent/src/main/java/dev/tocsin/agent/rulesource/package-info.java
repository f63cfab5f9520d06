/// Where rules come from: files and URLs that may stop answering, and the last good rules of each.
@NullMarked
package dev.tocsin.agent.rulesource;

import org.jspecify.annotations.NullMarked;
