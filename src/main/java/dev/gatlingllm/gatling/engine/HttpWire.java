package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.provider.connection.ConnectLimit;
import dev.gatlingllm.provider.transport.HttpCall;
import io.gatling.http.client.HttpListener;
import io.gatling.http.client.Request;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Hands what Gatling's HTTP client says of one request to its call, and closes the connection when
 * the call fails. Confined to the event loop of the request.
 */
final class HttpWire implements HttpListener {

  private final EventLoop loop;
  private final HttpCall call;
  private boolean written;
  private Optional<Channel> channel = Optional.empty();

  HttpWire(EventLoop loop, HttpCall call) {
    this.loop = loop;
    this.call = call;
    call.attach(this::close);
  }

  /**
   * Gives the call up if no connection has taken its request by then. The client has no queue for
   * connections, so that all of this time is spent on opening one.
   */
  void connectWithin(Duration limit) {
    var unused = loop.schedule(this::endUnlessWritten, limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void endUnlessWritten() {
    if (!written) {
      call.error(ConnectLimit.passed("before a connection took the request"));
    }
  }

  /** The request may have changed on its way through the client: nothing to be known. */
  @Override
  public void onFinalClientRequest(Request request) {}

  @Override
  public void onWrite(Channel connection) {
    written = true;
    channel = Optional.of(connection);
    if (call.ended()) {
      closeNow();
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
      channel = Optional.empty();
      call.end();
    }
  }

  @Override
  public void onThrowable(Throwable cause) {
    channel = Optional.empty();
    call.error(cause);
  }

  private void close() {
    try {
      loop.execute(this::closeNow);
    } catch (RejectedExecutionException ignored) {
      // the run is over, and with it every connection
    }
  }

  private void closeNow() {
    channel.ifPresent(
        open -> {
          var unused = open.close();
        });
  }
}
