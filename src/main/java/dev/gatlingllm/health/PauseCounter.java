package dev.gatlingllm.health;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.gatlingllm.record.HealthSample;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Counts collections that stop all threads. The JVM tells each after it is over, in whole
 * milliseconds. Safe for use by many threads.
 */
final class PauseCounter implements AutoCloseable {

  /**
   * Concurrent collectors tell their pauses and their cycles under two names; a cycle stops nobody.
   */
  private static final String CYCLES = "Cycles";

  private final List<NotificationEmitter> collectors = new ArrayList<>();
  private final NotificationListener listener = (notification, ignored) -> add(notification);
  private long count;
  private long longestMillis;
  private long totalMillis;

  PauseCounter() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (stopsThreads(collector.getName()) && collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(listener, null, null);
        collectors.add(emitter);
      }
    }
  }

  static boolean stopsThreads(String collector) {
    return !collector.endsWith(CYCLES);
  }

  private void add(Notification notification) {
    if (notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      add(
          GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
              .getGcInfo()
              .getDuration());
    }
  }

  synchronized void add(long millis) {
    count++;
    longestMillis = Math.max(longestMillis, millis);
    totalMillis += millis;
  }

  /** What was counted since the last time. */
  synchronized HealthSample.Pauses drain() {
    HealthSample.Pauses pauses =
        new HealthSample.Pauses(count, longestMillis * 1_000_000, totalMillis * 1_000_000);
    count = 0;
    longestMillis = 0;
    totalMillis = 0;
    return pauses;
  }

  @Override
  public void close() {
    for (NotificationEmitter collector : collectors) {
      try {
        collector.removeNotificationListener(listener);
      } catch (ListenerNotFoundException ignored) {
        // it does not listen any more, as it should
      }
    }
  }
}
