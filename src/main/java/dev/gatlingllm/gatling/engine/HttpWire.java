package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.connection.ConnectLimit;
import dev.gatlingllm.provider.http.AppCall;
import io.gatling.http.client.HttpListener;
import io.gatling.http.client.Request;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Hands what Gatling's HTTP client says of one request to its call. Confined to the event loop of
 * the request, but for {@link #cancel}.
 */
final class HttpWire implements HttpListener, CallHandle {

  private final EventLoop loop;
  private final AppCall call;
  private Channel channel;
  private boolean cancelled;

  HttpWire(EventLoop loop, AppCall call) {
    this.loop = loop;
    this.call = call;
  }

  /**
   * Gives the call up if no connection has taken its request by then. The client has no queue for
   * connections, so that all of this time is spent on opening one.
   */
  void connectWithin(Duration limit) {
    var unused = loop.schedule(this::endUnlessWritten, limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void endUnlessWritten() {
    if (channel == null && !call.ended()) {
      cancelled = true;
      call.error(ConnectLimit.passed("before a connection took the request"));
    }
  }

  /** The request may have changed on its way through the client: nothing to be known. */
  @Override
  public void onFinalClientRequest(Request request) {}

  @Override
  public void onWrite(Channel written) {
    channel = written;
    if (cancelled) {
      var unused = channel.close();
    }
  }

  @Override
  public void onHttpResponse(HttpResponseStatus status, HttpHeaders headers) {
    call.head(status.code(), headers::get);
  }

  @Override
  public void onHttpResponseBodyChunk(ByteBuf chunk, boolean last) {
    call.body(chunk.nioBuffer());
    if (last) {
      call.end();
    }
  }

  @Override
  public void onThrowable(Throwable cause) {
    call.error(cause);
  }

  @Override
  public void cancel() {
    try {
      loop.execute(this::giveUp);
    } catch (RejectedExecutionException ignored) {
      // the run is over, and with it every connection
    }
  }

  private void giveUp() {
    cancelled = true;
    if (channel != null && !call.ended()) {
      var unused = channel.close();
    }
  }
}
