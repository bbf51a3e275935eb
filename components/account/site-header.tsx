import { LibraryBig } from "lucide-react";
import { SignOutButton } from "./sign-out-button.tsx";

/** Above every page: the product, the person, the way out. */
export function SiteHeader({ email, home }: { email: string | null; home: string }) {
  return (
    <header className="border-b bg-card print:hidden">
      <div className="mx-auto flex w-full max-w-6xl items-center gap-3 px-4 py-2.5 sm:px-6">
        <a href={home} className="flex items-center gap-2.5 rounded-md font-semibold tracking-tight">
          <span className="flex size-8 items-center justify-center rounded-lg bg-primary text-primary-foreground">
            <LibraryBig aria-hidden="true" className="size-4.5" />
          </span>
          Hébergement BCDI
        </a>
        {email ? (
          <div className="ml-auto flex min-w-0 items-center gap-2">
            <span className="truncate text-sm text-muted-foreground max-md:hidden">{email}</span>
            <SignOutButton />
          </div>
        ) : null}
      </div>
    </header>
  );
}
