package dev.gatlingllm.report.live;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has the page open. Whoever reads slowly misses events, and gets the newest of each kind once
 * there is room again: memory per viewer is bounded, and nobody waits. Safe for use by many
 * threads.
 */
final class Viewers {

  static final int MOST = 16;

  private final Map<Channel, Viewer> open = new ConcurrentHashMap<>();
  private final Map<Kind, byte[]> newest = new ConcurrentHashMap<>();

  /** What there is to be told, in the order in which a newcomer is told it. */
  enum Kind {
    /** Which run this is. */
    RUN("run"),
    /** What the page shows. */
    PAGE("page"),
    /** How the run stands. */
    STANDING("standing");

    private final String event;

    Kind(String event) {
      this.event = event;
    }
  }

  /** One who has the page open; its lock is held to write, which never waits. */
  private final class Viewer {
    private final Channel channel;
    private final Map<Kind, byte[]> sent = new ConcurrentHashMap<>();

    Viewer(Channel channel) {
      this.channel = channel;
    }

    /** Sends what is new, as far as there is room. */
    synchronized void catchUp() {
      for (Kind kind : Kind.values()) {
        byte[] event = newest.get(kind);
        if (event != null && event != sent.get(kind) && channel.isWritable()) {
          sent.put(kind, event);
          var unused =
              channel.write(
                  new DefaultHttpContent(Unpooled.wrappedBuffer(event)), channel.voidPromise());
        }
      }
      channel.flush();
    }
  }

  /** Whether one more may come. */
  boolean hasRoom() {
    return open.size() < MOST;
  }

  int size() {
    return open.size();
  }

  /** One more, whose response has begun. */
  void add(Channel channel) {
    Viewer viewer = new Viewer(channel);
    open.put(channel, viewer);
    var unused = channel.closeFuture().addListener(closed -> open.remove(channel));
    viewer.catchUp();
  }

  /**
   * Tells all.
   *
   * @param data one line
   */
  void tell(Kind kind, String data) {
    newest.put(kind, Event.bytes(kind.event, data));
    open.values().forEach(Viewer::catchUp);
  }

  /** Tells newcomers no more what was told last. */
  void forget(Kind kind) {
    newest.remove(kind);
  }

  /** A viewer has read: there may be room again. */
  void hasRead(Channel channel) {
    Viewer viewer = open.get(channel);
    if (viewer != null && channel.isWritable()) {
      viewer.catchUp();
    }
  }
}
