import { Journal } from "#components/establishment/journal.tsx";
import { StaffSection } from "#components/establishment/staff-section.tsx";
import { cyberProcess } from "#cyber/context.ts";
import { getJournal } from "#cyber/establishment/get-journal.ts";
import { formatInstant } from "#platform/french/instants.ts";
import { changeContactsAction, synchroniseAction } from "./actions.ts";

/** What the bookshop's staff sees under a school's page, in Paris time. */
export async function StaffPart({
  rne,
  contacts,
  readAt,
}: {
  rne: string;
  contacts: readonly string[];
  readAt: string | null;
}) {
  const { steps, mails, audit } = await getJournal(cyberProcess.get(), rne);
  return (
    <>
      <StaffSection
        contacts={contacts}
        readAt={readAt}
        changeContacts={changeContactsAction.bind(null, rne)}
        synchronise={synchroniseAction.bind(null, rne)}
      />
      <Journal
        steps={steps.map((step) => ({
          id: `${step.at.toISOString()} ${step.state}`,
          state: step.state,
          at: formatInstant(step.at),
          learntAt: formatInstant(step.learntAt),
        }))}
        mails={mails.map((mail) => ({
          ...mail,
          createdAt: formatInstant(mail.createdAt),
          sentAt: mail.sentAt ? formatInstant(mail.sentAt) : null,
        }))}
        audit={audit.map((entry) => ({ ...entry, at: formatInstant(entry.at) }))}
      />
    </>
  );
}
