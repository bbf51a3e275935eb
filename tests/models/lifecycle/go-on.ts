import { CallCommand } from "./call-command.ts";
import { Deposit, SendRest, TakeOut } from "./deposit-commands.ts";
import type { Command, Model } from "./model.ts";
import type { School } from "./school.ts";
import { isHalf, type Stand } from "./stand.ts";
import { Work } from "./work-command.ts";

const OTHER_GRIFFES = ["LYCEE ÉMILE ZOLA", "LYCEE ZOLA"] as const;

/** What comes next in an undisturbed life. */
export class GoOn implements Command {
  check = () => true;

  run(model: Model, school: School): Promise<void> {
    return nextOf(model.stand).run(model, school);
  }

  toString = () => "go on";
}

function nextOf(stand: Stand): Command {
  const { files, state, licence } = stand;
  switch (state) {
    case "BCDIDBWAIT":
      if (files.length === 0) return new Deposit({ fileName: "data.zip", isBase: true, isHalf: false });
      return files.some(isHalf) ? new SendRest() : new CallCommand({ call: "complete" });
    case "BCDIUPLOADEDERROR":
      if (files.some(({ statuses }) => statuses.includes("rejected"))) return new TakeOut();
      if (files.length === 0) return new Deposit({ fileName: "travail.zip", isBase: true, isHalf: false });
      return files.some(isHalf) ? new SendRest() : new CallCommand({ call: "retry" });
    case "BCDIREADY": {
      const griffe = OTHER_GRIFFES.find((other) => other !== licence.griffe) ?? OTHER_GRIFFES[0];
      return new CallCommand({ call: "change", changes: { griffe } });
    }
    case "STARTERROR":
      return new CallCommand({ call: "retry" });
    case "BCDIDELETED":
      return new CallCommand({ call: "create", licence });
    default:
      return new Work();
  }
}
