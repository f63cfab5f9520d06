package dev.tocsin.world.real;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.LockSupport;

/// What the operating system asks of the process by signals: its end (SIGTERM, SIGINT), and to read
/// its configuration again (SIGHUP).
public final class Termination {
  private Termination() {}

  /// Blocks until the process is asked to end, then runs `stop` and ends it with exit code 0. A
  /// second signal does not interrupt `stop`. Never returns.
  public static void await(Runnable stop) {
    Runtime runtime = Runtime.getRuntime();
    Thread hook =
        new Thread(
            () -> {
              int code = 1;
              try {
                stop.run();
                code = 0;
              } finally {
                // Otherwise the exit code would be the signal's, as if nobody had taken care.
                runtime.halt(code);
              }
            },
            "termination");
    runtime.addShutdownHook(hook);
    // Nobody interrupts this thread on purpose; only the hook ends it.
    while (true) {
      LockSupport.park();
    }
  }

  /// Ends the process as a signal does. Returns at once.
  public static void request() {
    Thread.ofPlatform().name("exit").start(() -> Runtime.getRuntime().exit(0));
  }

  /// Runs `action` at every SIGHUP, on a thread of the JVM. False where the system has no such
  /// signal, or has it ignored; nothing changes then.
  ///
  /// By reflection: Java has no other way to a signal, and javac warns of this class with a warning
  /// that cannot be turned off. Whether two proxies are the same is asked of the proxy itself.
  @SuppressWarnings("ReferenceEquality")
  public static boolean onHangUp(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "equals" ->
                    arguments[0] != null && arguments[0].hashCode() == proxy.hashCode();
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> "on hang-up";
                default -> {
                  action.run();
                  yield null;
                }
              };
      Object handler = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, run);
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, type).invoke(null, hangUp, handler);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      return false;
    }
  }
}
