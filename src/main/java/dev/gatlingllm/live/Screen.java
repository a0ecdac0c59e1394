package dev.gatlingllm.live;

import dev.gatlingllm.config.ProgressConfig.Show;
import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;

/**
 * The terminal of this process, if it has one. Gatling's Maven plugin hands its own standard
 * streams down to the process that it starts, so that is Maven's terminal.
 */
public final class Screen {

  private static final Screen OF_PROCESS = new Screen();

  private Optional<TerminalBlock> block = Optional.empty();

  private Screen() {}

  /** The screen of this process. */
  public static Screen ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Prepares for a block if the settings want one: from now on what anybody prints on the standard
   * streams goes above it. To be called before those streams are handed out.
   */
  public synchronized void prepare(Show show) {
    if (block.isEmpty() && (show == Show.BLOCK || (show == Show.AUTO && isTerminal()))) {
      TerminalBlock made = new TerminalBlock(System.out);
      System.setOut(made.over(System.out));
      System.setErr(made.over(System.err));
      block = Optional.of(made);
    }
  }

  /** Whether there is a block to show. */
  synchronized boolean isPrepared() {
    return block.isPresent();
  }

  synchronized void show(List<String> lines) {
    block.ifPresent(made -> made.show(lines));
  }

  synchronized void leave() {
    block.ifPresent(TerminalBlock::leave);
  }

  /** A terminal without movable cursor, and one that a CI system simulates, are none. */
  private static boolean isTerminal() {
    String kind = System.getenv().getOrDefault("TERM", "");
    return isTerminal(System.console())
        && !kind.isEmpty()
        && !kind.equals("dumb")
        && System.getenv("CI") == null;
  }

  /** From JDK 22 on there is a console without a terminal, too, and a method that tells. */
  private static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException older) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
