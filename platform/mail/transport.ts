import { randomUUID } from "node:crypto";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import nodemailer from "nodemailer";

/** An e-mail ready to go. `messageId` stays the same from one try to the next, so a double can be told. */
export interface OutgoingMail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailTransport {
  /** Resolves once the e-mail is accepted; throws otherwise. */
  send(mail: OutgoingMail): Promise<void>;
}

/** SMTP when an address is given; otherwise `.eml` files in a folder. */
export function createMailTransport(options: {
  smtpUrl: string | undefined;
  from: string;
  directory: string;
}): MailTransport {
  const { smtpUrl, from, directory } = options;
  return smtpUrl ? smtpTransport(smtpUrl, from) : folderTransport(directory, from);
}

function smtpTransport(smtpUrl: string, from: string): MailTransport {
  const transporter = nodemailer.createTransport(smtpUrl, { from });
  return {
    send: async (mail) => {
      await transporter.sendMail({ ...mail, headers: { "Auto-Submitted": "auto-generated" } });
    },
  };
}

function folderTransport(directory: string, from: string): MailTransport {
  const composer = nodemailer.createTransport(
    { streamTransport: true, buffer: true, newline: "windows" },
    { from },
  );
  return {
    send: async (mail) => {
      const { message } = await composer.sendMail({
        ...mail,
        headers: { "Auto-Submitted": "auto-generated" },
      });
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // The message's own name, so that a second try writes over the first; whole or not at all.
      const name = `${mail.messageId.replace(/[^0-9a-z-]/gi, "_")}.eml`;
      const temporaryPath = join(directory, `.${randomUUID()}`);
      const file = await open(temporaryPath, "w", 0o600);
      await file.writeFile(Buffer.isBuffer(message) ? message : "");
      await file.sync();
      await file.close();
      await rename(temporaryPath, join(directory, name));
    },
  };
}
