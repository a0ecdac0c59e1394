package dev.gatlingllm.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.gatling.engine.CommonStart;
import dev.gatlingllm.gatling.engine.DividedLoads;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PauseType;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.exec.Executable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** What {@code llm.load.share} leaves of clients, rows and calls that are listed beforehand. */
public final class OwnShare {

  private final LoadConfig load;

  private OwnShare(LoadConfig load) {
    this.load = load;
  }

  /** The share of these settings. */
  public static OwnShare of(LoadConfig load) {
    return new OwnShare(load);
  }

  /**
   * How many of these clients the share has; refused if another share would have none.
   *
   * @param key the setting that says how many there are
   */
  public int clients(String key, int clients) {
    return (int) Startup.orExit(() -> load.ofShare(key, clients, "clients")).longValue();
  }

  /** The number of a client, call or row in the whole load, by its number in the share. */
  public long number(long inShare) {
    return load.part().number(inShare);
  }

  /**
   * Those of all items that the share has, in their order.
   *
   * @param key the setting that says which there are
   * @param what they are, in the plural
   */
  public <T> List<T> items(String key, String what, Collection<T> all) {
    Startup.orExit(() -> load.ofShare(key, all.size(), what));
    List<T> own = new ArrayList<>();
    long number = 0;
    for (T item : all) {
      if (load.part().has(number++)) {
        own.add(item);
      }
    }
    return Collections.unmodifiableList(own);
  }

  /** The rows of a feeder that the share has, asked for one at a time. */
  public Iterator<Map<String, Object>> rows(Iterator<Map<String, Object>> all) {
    return new Iterator<>() {
      private int before = load.part().index();

      @Override
      public boolean hasNext() {
        while (before > 0 && all.hasNext()) {
          all.next();
          before--;
        }
        return all.hasNext();
      }

      @Override
      public Map<String, Object> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        before = load.part().of() - 1;
        return all.next();
      }
    };
  }

  /** So many clients of the share, who begin with those of the other shares if that was agreed. */
  public static PopulationBuilder atOnce(String name, int clients, Executable calls) {
    DividedLoads.add();
    return scenario(name).exec(together()).exec(calls).injectOpen(atOnceUsers(clients));
  }

  private static ChainBuilder together() {
    return exec(
        pause(session -> CommonStart.OF_PROCESS.wait(NanoClock.SYSTEM), PauseType.Constant));
  }
}
