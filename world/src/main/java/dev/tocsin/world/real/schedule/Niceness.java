package dev.tocsin.world.real.schedule;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The C library's `setpriority` (POSIX `sys/resource.h`). Java's own thread priorities do nothing
/// on Linux. There niceness belongs to a thread, elsewhere to the process: so only there.
final class Niceness {
  /// `PRIO_PROCESS`: the number is a thread's; 0 is the calling one.
  private static final int WHICH = 0;

  /// Of 19. A thread of niceness 0 gets nine times the processor of one of 10.
  private static final int NICE = 10;

  private static final @Nullable MethodHandle SETPRIORITY = link();

  private Niceness() {}

  // Restricted because a wrong signature crashes the process; the one below is the header's.
  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle link() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (!system.contains("linux")) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("setpriority")
        .map(
            address ->
                linker.downcallHandle(
                    address,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT)))
        .orElse(null);
  }

  /// The calling thread gives way to others from now on. Where that is not possible nothing
  /// happens: everything works without, only later.
  static void yieldToOthers() {
    yieldToOthers(0);
  }

  /// @param thread as the kernel numbers them
  static void yieldToOthers(int thread) {
    MethodHandle call = SETPRIORITY;
    if (call == null) {
      return;
    }
    try {
      int refused = (int) call.invokeExact(WHICH, thread, NICE);
      assert refused <= 0;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
