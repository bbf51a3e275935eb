import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

/** A real SMTP server that refuses each e-mail the first time, as a busy or greylisting one does. */
export interface SmtpPeer {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** How many e-mails were refused at their first attempt. */
  refusals(): number;
  stop(): Promise<void>;
}

export async function startSmtpPeer(): Promise<SmtpPeer> {
  const received: ReceivedMail[] = [];
  const refused = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, _session, callback) {
      simpleParser(stream).then((mail) => {
        const { messageId = "" } = mail;
        if (!refused.has(messageId)) {
          refused.add(messageId);
          return callback(
            Object.assign(new Error("4.7.1 Greylisted, try again later"), { responseCode: 451 }),
          );
        }
        received.push({
          to: recipientsOf(mail),
          subject: mail.subject ?? "",
          text: mail.text ?? "",
          messageId,
        });
        callback();
      }, callback);
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refusals: () => refused.size,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function recipientsOf({ to }: ParsedMail): string {
  const lists = to === undefined ? [] : Array.isArray(to) ? to : [to];
  return lists.map((list) => list.text).join(", ");
}
