import { DepositApp } from "#components/deposit/deposit-app.tsx";

export default function UploadPage() {
  return <DepositApp />;
}
