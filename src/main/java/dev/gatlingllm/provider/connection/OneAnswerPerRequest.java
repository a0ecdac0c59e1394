package dev.gatlingllm.provider.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Matches answers to requests on an HTTP/1.1 connection, so that each request gets its own. The
 * clients above take the end of an interim answer (102, 103 …) for the end of the answer and put
 * the connection back into their pool, so that the next call gets the answer of this one.
 *
 * <ul>
 *   <li>An interim answer (RFC 9110, 15.2) goes no further.
 *   <li>A connection that switches to another protocol is closed after that answer: no request of
 *       ours asks for it.
 *   <li>A connection is closed if an answer comes that no request asked for, or something that is
 *       not HTTP: where the next answer begins is anybody's guess. The second is an exception:
 *       {@link io.netty.handler.codec.PrematureChannelClosureException} if the connection was
 *       closed within a head, else {@link DecoderException}.
 * </ul>
 *
 * <p>Goes right above the HTTP codec, one per connection; lives on its event loop.
 */
public final class OneAnswerPerRequest extends ChannelDuplexHandler {

  private boolean asked;
  private boolean interim;

  /** For a connection without a request. */
  public OneAnswerPerRequest() {
    this(false);
  }

  /**
   * For a connection.
   *
   * @param asked whether a request is under way on it
   */
  public OneAnswerPerRequest(boolean asked) {
    this.asked = asked;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
    if (message instanceof HttpRequest) {
      asked = true;
    }
    var unused = context.write(message, written);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      context.fireExceptionCaught(failure(part.decoderResult().cause()));
      close(context);
    } else if (!asked) {
      ReferenceCountUtil.release(message);
      close(context);
    } else if (belongsToInterimAnswer(message)) {
      drop(context, message);
    } else {
      passOn(context, message);
    }
  }

  private boolean belongsToInterimAnswer(Object message) {
    if (message instanceof HttpResponse response) {
      HttpResponseStatus status = response.status();
      interim =
          status.codeClass() == HttpStatusClass.INFORMATIONAL
              && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    }
    return interim;
  }

  /** Reads on, since the handler above got nothing and so would never ask for more. */
  private void drop(ChannelHandlerContext context, Object message) {
    if (message instanceof LastHttpContent) {
      interim = false;
      context.read();
    }
    ReferenceCountUtil.release(message);
  }

  private void passOn(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response
        && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      HttpUtil.setKeepAlive(response, false);
    }
    if (message instanceof LastHttpContent) {
      asked = false;
    }
    context.fireChannelRead(message);
  }

  /** Not all clients look at the result; one of them would see an answer with the status 999. */
  private static CodecException failure(Throwable cause) {
    return cause instanceof CodecException known ? known : new DecoderException(cause);
  }

  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }
}
