package dev.gatlingllm.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneAnswerPerRequestTest {

  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

  private final EmbeddedChannel connection =
      new EmbeddedChannel(new HttpClientCodec(), new OneAnswerPerRequest());

  private void ask() {
    connection.writeOutbound(
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
    connection.releaseOutbound();
  }

  private void answer(String text) {
    connection.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  /** What has come up since the last time: statuses and bodies. */
  private List<String> heard() {
    List<String> heard = new ArrayList<>();
    for (Object next = connection.readInbound(); next != null; next = connection.readInbound()) {
      if (next instanceof HttpResponse response) {
        heard.add(String.valueOf(response.status().code()));
      } else if (next instanceof HttpContent content) {
        heard.add(content.content().toString(StandardCharsets.UTF_8));
      } else {
        heard.add(next.getClass().getSimpleName());
      }
    }
    return heard;
  }

  @Test
  void interimAnswersGoNoFurtherAndTheConnectionStaysInUse() {
    for (int status : new int[] {100, 102, 103, 110, 199}) {
      ask();
      answer("HTTP/1.1 " + status + " Later\r\nlink: </a>\r\n\r\n");
      assertThat(heard()).isEmpty();
      answer("HTTP/1.1 " + status + " Later\r\n\r\n" + OK);

      assertThat(heard()).containsExactly("200", "ok");
      assertThat(connection.isOpen()).isTrue();
    }
  }

  @Test
  void anAnswerThatComesInSingleBytesIsTheSame() {
    ask();
    for (char one : ("HTTP/1.1 103 Early Hints\r\n\r\n" + OK).toCharArray()) {
      answer(String.valueOf(one));
    }

    assertThat(String.join("", heard())).isEqualTo("200ok");
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void anAnswerThatNobodyAskedForClosesTheConnection() {
    answer(OK);

    assertThat(heard()).isEmpty();
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aSecondAnswerToOneRequestClosesTheConnection() {
    ask();
    answer(OK + OK);

    assertThat(heard()).containsExactly("200", "ok");
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void anInterimAnswerAfterTheAnswerClosesTheConnection() {
    ask();
    answer(OK + "HTTP/1.1 103 Early Hints\r\n\r\n");

    assertThat(heard()).containsExactly("200", "ok");
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void whatIsNotHttpIsAFailureAndClosesTheConnection() {
    ask();

    assertThatThrownBy(() -> answer("HTTQ/1.1 200 OK\r\n\r\n"))
        .isInstanceOf(DecoderException.class);
    assertThat(heard()).isEmpty();
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aHeadThatIsCutIsAFailure() {
    ask();
    answer("HTTP/1.1 200 OK\r\ncontent-ty");

    assertThatThrownBy(connection::finish).isInstanceOf(PrematureChannelClosureException.class);
    assertThat(heard()).isEmpty();
  }

  @Test
  void aChangeOfTheProtocolIsTheLastAnswerOfAConnection() {
    ask();
    answer("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n");

    HttpResponse answer = connection.readInbound();
    assertThat(answer.status().code()).isEqualTo(101);
    assertThat(HttpUtil.isKeepAlive(answer)).isFalse();
  }

  @Test
  void whatIsDroppedIsReleased() {
    ByteBuf bytes = Unpooled.copiedBuffer(OK, StandardCharsets.UTF_8);
    connection.writeInbound(bytes);

    assertThat(bytes.refCnt()).isZero();
  }
}
